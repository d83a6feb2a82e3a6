"""The step-by-step finder, and the plan that it ends in."""
