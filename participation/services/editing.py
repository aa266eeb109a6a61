"""An author changes a contribution until the office has begun to treat it; what it said before is kept."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from participation.models import Contribution, ContributionVersion, Publication
from participation.services.publishing import first_status

EDITABLE = {Publication.UNCONFIRMED, Publication.WAITING, Publication.PUBLISHED}


def why_not_editable(contribution: Contribution) -> str:
    """Why its author cannot change the contribution any more; empty if they can."""
    if contribution.status not in EDITABLE:
        return str(_("This contribution is not shown to others; it cannot be changed."))
    if contribution.points.exclude(treatment=None).exists():
        return str(_("An office has answered already; the contribution stays with its answer."))
    if contribution.points.exclude(text=contribution.text).exists():
        return str(_("The office has begun to work on your contribution; its text stays as it is."))
    if contribution.loop and contribution.loop.closed_at:
        return str(_("This dialogue is closed; the contribution stays as it is."))
    return ""


def edit_contribution(*, contribution: Contribution, text: str, language: str) -> Contribution:
    """Change text and language. The earlier text stays as a version; whoever calls has proved the right to edit.

    Where moderators read before publication, they read the new words as well: until then it waits. A change of the
    language alone is a correction and makes no version. Raises ValidationError.
    """
    with transaction.atomic():
        locked = Contribution.objects.select_for_update(of=("self",)).select_related("loop__dialogue")
        contribution = locked.get(pk=contribution.pk)
        if why_not := why_not_editable(contribution):
            raise ValidationError(why_not, code="treated")
        before = contribution.text
        if text != before:
            _keep(contribution)
            contribution.points.filter(text=before).update(text=text)
            contribution.text = text
            if contribution.status == Publication.PUBLISHED:
                contribution.status = first_status(contribution)
        contribution.language = language
        contribution.clean_fields(exclude=["receipt_code", "submission_key"])
        contribution.save(update_fields=["text", "language", "status"])
        record("contribution.edit", contribution, after={"status": contribution.status, "text": text != before})
    return contribution


def _keep(contribution: Contribution) -> None:
    ContributionVersion.objects.create(
        contribution=contribution,
        number=contribution.versions.count() + 1,
        text=contribution.text,
        language=contribution.language,
        was_published=contribution.status == Publication.PUBLISHED,
        replaced_at=timezone.now(),
    )
