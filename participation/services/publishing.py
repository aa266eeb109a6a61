"""With which status a contribution begins."""

from django.utils import timezone

from participation.models import Contribution, Moderation, Publication


def first_status(contribution: Contribution) -> Publication:
    """In a dialogue that moderates afterwards it appears at once; everywhere else a moderator reads it first."""
    at_once = contribution.loop and contribution.loop.dialogue.moderation == Moderation.AFTER
    return Publication.PUBLISHED if at_once else Publication.WAITING


def mark_published(contribution: Contribution) -> None:
    """Note when it was published for the first time."""
    if contribution.status == Publication.PUBLISHED and contribution.published_at is None:
        contribution.published_at = timezone.now()
