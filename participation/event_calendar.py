"""Events as iCalendar (RFC 5545): one of them, or the feed of all public ones. Times are in UTC, which every calendar
turns into its own; descriptions are plain text."""

import datetime as dt
import re
from collections.abc import Iterable
from html import unescape

from django.utils.translation import get_language
from icalendar import Calendar
from icalendar import Event as Entry

from common.geo import representative_point
from common.links import absolute
from participation.models import Event


def calendar(events: Iterable[Event], name: str) -> bytes:
    """A calendar file with these events."""
    made = Calendar()
    made.add("prodid", "-//Differdange//Stadtentwicklung//DE")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    for event in events:
        made.add_component(_entry(event))
    return made.to_ical()


def _entry(event: Event) -> Entry:
    entry = Entry()
    entry.add("uid", f"event-{event.pk}@differdange-portal")
    entry.add("dtstamp", _utc(event.updated_at))
    entry.add("last-modified", _utc(event.updated_at))
    entry.add("dtstart", _utc(event.starts_at))
    entry.add("dtend", _utc(event.ends_at))
    entry.add("summary", event.title, parameters={"language": (get_language() or "de")[:2]})
    entry.add("description", _description(event))
    entry.add("location", ", ".join(filter(None, [event.place, event.address])))
    entry.add("url", absolute(event.get_absolute_url()))
    entry.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    if event.geometry:
        longitude, latitude = representative_point(event.geometry)
        entry.add("geo", (latitude, longitude))
    return entry


def _description(event: Event) -> str:
    """The short text, or the long one without its tags."""
    text = event.summary or unescape(re.sub(r"<[^>]+>", " ", event.body or ""))
    return " ".join(text.split())


def _utc(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(dt.UTC)
