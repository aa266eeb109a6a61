"""News that the office's work makes for authors: an appeal decided, contributions merged, an answer corrected.

Written to the outbox within the transaction of the change, in the author's language; the key keeps each from being
told twice.
"""

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.outbox import enqueue
from participation.models import Appeal, Contribution, Treatment


def tell_appeal_decided(appeal: Appeal) -> None:
    _tell(appeal.decision.contribution, f"appeal:{appeal.pk}", "emails/appeal_decided.txt", appeal=appeal)


def tell_merged(contribution: Contribution, into: Contribution) -> None:
    """Once for each pair: merging the same again after taking it back tells nothing new."""
    _tell(contribution, f"merged:{contribution.pk}:{into.pk}", "emails/merged.txt", into=into)


def tell_unmerged(contribution: Contribution, number: int) -> None:
    """`number`: the entry of the audit trail, so that each time is told."""
    _tell(contribution, f"unmerged:{contribution.pk}:{number}", "emails/unmerged.txt")


def tell_corrected(contribution: Contribution, treatment: Treatment, version: int) -> None:
    _tell(contribution, f"corrected:{version}:{contribution.pk}", "emails/answer_corrected.txt", treatment=treatment)


def _tell(contribution: Contribution, key: str, template: str, **context: object) -> None:
    author = contribution.author
    to = contribution.email or (author.email if author else "")
    if not to:
        return
    language = author.language if author else contribution.language
    with translation.override(language):
        body = render_to_string(template, {"contribution": contribution, **context})
        subject = _("Your contribution on the Differdange portal")
    enqueue(key=f"{key}:{to}", to=to, language=language, subject=subject, body=body)
