"""How much there is for each need, age and town."""
