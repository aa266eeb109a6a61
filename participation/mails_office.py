"""News that the office's work makes for authors: an appeal decided, contributions merged, an answer corrected.

Written to the outbox within the transaction of the change, in the author's language; the key keeps each from being
told twice.
"""

from participation.mails import send
from participation.models import Appeal, Contribution, Treatment


def tell_appeal_decided(appeal: Appeal) -> None:
    send(appeal.decision.contribution, f"appeal:{appeal.pk}", "emails/appeal_decided.txt", {"appeal": appeal})


def tell_merged(contribution: Contribution, into: Contribution) -> None:
    """Once for each pair: merging the same again after taking it back tells nothing new."""
    send(contribution, f"merged:{contribution.pk}:{into.pk}", "emails/merged.txt", {"into": into})


def tell_unmerged(contribution: Contribution, number: int) -> None:
    """`number`: the entry of the audit trail, so that each time is told."""
    send(contribution, f"unmerged:{contribution.pk}:{number}", "emails/unmerged.txt", {})


def tell_corrected(contribution: Contribution, treatment: Treatment, version: int) -> None:
    key = f"corrected:{version}:{contribution.pk}"
    send(contribution, key, "emails/answer_corrected.txt", {"treatment": treatment})
