"""Telling authors by e-mail what became of their contribution, in their language; never fails the act itself."""

import logging

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from participation.models import Contribution, ModerationDecision, Treatment

logger = logging.getLogger(__name__)


def tell_moderation(contribution: Contribution, action: ModerationDecision.Action, reason: str) -> None:
    template = "emails/published.txt" if action == ModerationDecision.Action.PUBLISH else "emails/hidden.txt"
    _send(contribution, template, {"reason": reason})


def tell_answer(contribution: Contribution, treatment: Treatment) -> None:
    _send(contribution, "emails/answered.txt", {"treatment": treatment})


def _send(contribution: Contribution, template: str, context: dict[str, object]) -> None:
    to = contribution.email or (contribution.author.email if contribution.author else "")
    if not to:
        return
    language = contribution.author.language if contribution.author else contribution.language
    with translation.override(language):
        text = render_to_string(template, {"contribution": contribution, **context})
        subject = _("Your contribution on the Differdange portal")
    try:
        send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [to])
    except OSError:
        # The mail server is away: the portal still shows everything under the receipt code.
        logger.exception("mail about contribution %s could not be sent", contribution.pk)
