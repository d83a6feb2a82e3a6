"""The forms that reach the Center, and reports of mistakes."""
