"""Telling the author of a comment what a moderator decided. Only people with an account can be told."""

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.outbox import enqueue
from participation.models import CommentDecision


def tell_moderation(decision: CommentDecision) -> None:
    """Call it in the transaction of the decision."""
    comment = decision.comment
    if comment.author is None:
        return
    with translation.override(comment.author.language):
        enqueue(
            key=f"comment-decision:{decision.pk}:{comment.author.email}",
            to=comment.author.email,
            language=comment.author.language,
            subject=_("Your comment on the Differdange portal"),
            body=render_to_string("emails/comment_decision.txt", {"comment": comment, "decision": decision}),
        )
