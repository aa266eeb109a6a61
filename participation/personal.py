"""What the dialogue holds about a person: contributions with their answers, what they follow, their news."""

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from common.personal import Section, other, section
from participation import wording
from participation.models import Contribution, Notification, Subscription
from participation.models.contributions import ContributionQuerySet
from participation.services import erasing

COVERS = {
    "participation.Contribution.author",
    "participation.Subscription.user",
    "participation.Notification.user",
    # Acts of staff: the name goes with the account, the act stays.
    "participation.ModerationDecision.by",
    "participation.Treatment.decided_by",
}
SAID = (
    "created_at", "kind", "title", "text", "language", "loop", "question", "measure", "chapter", "plan", "locality",
    "geometry", "author_name", "email", "receipt_code", "origin", "status", "published_at",
)  # fmt: skip
FOLLOWED = ("frequency", "language", "geometry", "radius_m", "label", "created_at")


def export(user: User) -> list[Section]:
    return [_contributions(user), _subscriptions(user), _news(user)]


def _contributions(user: User) -> Section:
    rows = _theirs(user).for_lists()
    found = section("contributions", _("Contributions"), rows, SAID)
    for row, contribution in zip(found.rows, rows, strict=True):
        points = contribution.points.all()
        answers = [f"{p.treatment.get_result_display()}: {p.treatment.reason}" for p in points if p.treatment]
        row.append(other("answers", _("answers"), sorted(set(answers))))
    return found


def _subscriptions(user: User) -> Section:
    rows = Subscription.objects.filter(Q(user=user) | Q(email__iexact=user.email)).for_lists()
    found = section("subscriptions", _("Subscriptions"), rows, FOLLOWED)
    for row, subscription in zip(found.rows, rows, strict=True):
        row.insert(0, other("follows", _("what you follow"), subscription.title))
    return found


def _news(user: User) -> Section:
    rows = Notification.objects.inbox(user).for_lists()
    found = section("news", _("News"), rows, ("created_at", "why", "read_at"))
    for row, news in zip(found.rows, rows, strict=True):
        row.insert(1, other("news", _("News"), wording.sentence(news)))
    return found


def erase(user: User) -> None:
    for contribution in _theirs(user):
        erasing.erase(contribution=contribution)
    Subscription.objects.filter(Q(user=user) | Q(email__iexact=user.email)).delete()
    Notification.objects.filter(Q(user=user) | Q(email__iexact=user.email)).delete()


def _theirs(user: User) -> ContributionQuerySet:
    """Written with the account, or without it under the same e-mail."""
    return Contribution.objects.filter(Q(author=user) | Q(author=None, email__iexact=user.email))
