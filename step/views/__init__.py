"""The pages of the StEP, the measures and the places."""
