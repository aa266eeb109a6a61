"""The parts of the Konzeptplan: each computes its figures from a `Tally`, and reads nothing."""
