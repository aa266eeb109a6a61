"""What the sample citizen follows and was told: on sample measures, so labelled by what it is about."""

import datetime as dt

from accounts.models import User
from participation.models import Contribution, Dialogue, Frequency, News, Notification, Subscription, Why
from step.models import Locality, Measure, Visibility

SHOWN = 6


def make_news(person: User, now: dt.datetime) -> None:
    """Subscriptions of every kind, and news of the last days, half of them unread; no mails."""
    measures = list(Measure.objects.filter(is_sample=True, visibility=Visibility.PUBLIC).order_by("code")[:SHOWN])
    place, dialogue = Locality.objects.first(), Dialogue.objects.filter(is_public=True).first()
    voices = Contribution.objects.published().filter(is_sample=True).order_by("pk")
    common = {"user": person, "language": person.language, "confirmed_at": now, "created_at": now}
    followed = [Subscription(measure=measure, frequency=Frequency.DAILY, **common) for measure in measures[:2]]
    if place:
        followed.append(Subscription(locality=place, frequency=Frequency.WEEKLY, **common))
    if dialogue:
        followed.append(Subscription(dialogue=dialogue, frequency=Frequency.NEVER, **common))
    point = {"type": "Point", "coordinates": [5.8914, 49.5242]}
    followed.append(Subscription(geometry=point, label="Beispielstraße", frequency=Frequency.WEEKLY, **common))
    Subscription.objects.bulk_create(followed)
    news = [
        Notification(kind=News.MEASURE_STATUS, why=Why.FOLLOWED, measure=measure, value=measure.status)
        for measure in measures
    ]
    if dialogue:
        news.append(Notification(kind=News.NEW_DIALOGUE, why=Why.FOLLOWED, dialogue=dialogue))
    for voice in voices.filter(points__treatment__isnull=False).distinct()[:2]:
        point_result = voice.points.exclude(treatment=None).values_list("treatment__result", flat=True)[0]
        news.append(Notification(kind=News.ANSWERED, why=Why.FOLLOWED, contribution=voice, value=point_result))
    for number, one in enumerate(news):
        one.key, one.user, one.language = f"sample:{number}:{person.pk}", person, person.language
        one.frequency, one.mail_done_at = Frequency.NEVER, now
        one.created_at = now - dt.timedelta(hours=7 * number)
        one.read_at = now if number >= SHOWN // 2 else None
    Notification.objects.bulk_create(news)
