"""Pages of the Konzeptplan."""
