"""Template tags of pws."""
