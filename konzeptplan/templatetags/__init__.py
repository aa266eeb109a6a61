"""Template tags of the Konzeptplan."""
