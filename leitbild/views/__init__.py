"""Pages of the guideline."""
