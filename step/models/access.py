"""Which levels of visibility a reader may see; the rule itself is the same for every app."""

from accounts.visibility import Reader, sees_drafts, sees_internal, visible_levels

__all__ = ["Reader", "sees_drafts", "sees_internal", "visible_levels"]
