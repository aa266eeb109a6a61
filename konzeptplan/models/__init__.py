"""What the Konzeptplan keeps: frozen states, sessions and their decisions, and the council's own tools."""

from konzeptplan.models.decisions import Decision, DecisionEffect, Effect, FollowUp, Outcome
from konzeptplan.models.personal import Follow, Note, Tile, ViewLink
from konzeptplan.models.sessions import Body, Session
from konzeptplan.models.snapshots import Snapshot, Tampered

__all__ = [
    "Body",
    "Decision",
    "DecisionEffect",
    "Effect",
    "Follow",
    "FollowUp",
    "Note",
    "Outcome",
    "Session",
    "Snapshot",
    "Tampered",
    "Tile",
    "ViewLink",
]
