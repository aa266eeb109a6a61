"""The desk of the sessions: what is to be decided, what was decided, and the frozen states."""

from konzeptplan.admin import decisions, snapshots

__all__ = ["decisions", "snapshots"]
