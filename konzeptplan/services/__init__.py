"""Writes of the Konzeptplan that have a rule."""

from konzeptplan.services.freezing import freeze_for_session, freeze_konzeptplan
from konzeptplan.services.personal import keep_note, link_to, remove_note, set_following
from konzeptplan.services.sessions import enqueue_digests

__all__ = [
    "enqueue_digests",
    "freeze_for_session",
    "freeze_konzeptplan",
    "keep_note",
    "link_to",
    "remove_note",
    "set_following",
]
