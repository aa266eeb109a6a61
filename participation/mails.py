"""Telling authors by e-mail what became of their contribution, in their language.

Call them inside the transaction of the act: the mail waits in the outbox as soon as the act is stored, and is not there
where it failed. No mail repeats the contribution: what its author deletes leaves no copy in a mail server.
"""

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.outbox import enqueue
from participation import unsubscribing, wording
from participation.models import Contribution, Frequency, ModerationDecision, Subscription, Treatment


def tell_moderation(contribution: Contribution, action: ModerationDecision.Action, reason: str) -> None:
    template = "emails/published.txt" if action == ModerationDecision.Action.PUBLISH else "emails/hidden.txt"
    decision = contribution.decisions.order_by("-pk").values_list("pk", flat=True).first()
    send(contribution, f"moderated:{decision}", template, {"reason": reason})


def tell_answer(contribution: Contribution, treatment: Treatment) -> None:
    key = f"answered:{treatment.pk}:{contribution.pk}"
    send(contribution, key, "emails/answered.txt", {"treatment": treatment})


def send(contribution: Contribution, key: str, template: str, context: dict[str, object]) -> None:
    """Put news about a contribution into the outbox for its author, if they can be reached and want it at once."""
    author = contribution.author
    to = author.email if author else contribution.email
    if not to or not _at_once(contribution):
        return
    language = author.language if author else contribution.language
    with translation.override(language):
        stop = unsubscribing.url_for("c", contribution.pk)
        words = {"contribution": contribution, "about": wording.about(contribution), "stop": stop}
        enqueue(
            key=key,
            to=to,
            language=language,
            subject=_("Your contribution on the Differdange portal"),
            body=render_to_string(template, {**words, **context}),
            unsubscribe_url=stop,
            about=contribution,
        )


def _at_once(contribution: Contribution) -> bool:
    """Authors with an account may have chosen a digest, or none; then the news on the portal do the rest."""
    if contribution.author is None:
        return True
    if not contribution.author.is_active:
        return False
    own = Subscription.objects.filter(user=contribution.author, contribution=contribution)
    return not own.exclude(frequency=Frequency.NOW).exists()
