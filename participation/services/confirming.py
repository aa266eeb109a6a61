"""A contribution that waits until its author has opened the link in a mail."""

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.outbox import enqueue
from participation.models import Contribution, Publication
from participation.services.publishing import first_status, mark_published

SALT = "participation.confirm"


def token_for(contribution: Contribution) -> str:
    """Signed, valid for CONFIRMATION_DAYS, and for this address of this contribution alone."""
    return signing.dumps([contribution.pk, contribution.email], salt=SALT, compress=False)


def contribution_of(token: str) -> Contribution:
    """The contribution of a token; ValidationError with plain words where the token is forged, old or used up."""
    try:
        key, email = signing.loads(token, salt=SALT, max_age=settings.CONFIRMATION_DAYS * 86_400)
    except signing.SignatureExpired as error:
        raise ValidationError(
            _("This link is too old. Please send your contribution again."), code="expired"
        ) from error
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise ValidationError(
            _("This link is not complete. Please copy it from the mail as a whole."), "bad"
        ) from error
    found = Contribution.objects.select_related("loop__dialogue").filter(pk=key, email=email).first()
    if found is None or found.status in {Publication.WITHDRAWN, Publication.HIDDEN}:
        raise ValidationError(_("This contribution has been taken back."), code="gone")
    return found


def ask_to_confirm(*, contribution: Contribution, site: str) -> None:
    """Put the mail with the link into the outbox. Call it in the transaction that stores the contribution.

    `site`: scheme and host of the portal, like https://example.lu.
    """
    language = translation.get_language() or contribution.language
    with translation.override(language):
        link = site + reverse("participation:confirm_contribution", args=[token_for(contribution)])
        context = {"contribution": contribution, "link": link, "days": settings.CONFIRMATION_DAYS}
        enqueue(
            key=f"confirm:{contribution.pk}:{contribution.email}",
            to=contribution.email,
            language=language[:2],
            subject=_("Please confirm your contribution on the Differdange portal"),
            body=render_to_string("emails/confirm.txt", context),
        )


def confirm_contribution(*, token: str) -> Contribution:
    """The author has shown that the address is theirs: moderation, or publication, goes on. A second time: nothing."""
    key = contribution_of(token).pk
    with transaction.atomic():
        contribution = Contribution.objects.select_for_update(of=("self",)).select_related("loop__dialogue").get(pk=key)
        if contribution.status != Publication.UNCONFIRMED:
            return contribution
        if contribution.loop and contribution.loop.closed_at:
            raise ValidationError(_("This dialogue has been closed in the meantime."), code="closed")
        contribution.status = first_status(contribution)
        mark_published(contribution)
        contribution.save(update_fields=["status", "published_at"])
        record("contribution.confirm", contribution, after={"status": contribution.status})
    return contribution
