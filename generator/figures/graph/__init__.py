"""Units and their connections."""
