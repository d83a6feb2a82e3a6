"""The page of one service, and how it is passed on."""
