"""The button to follow, the number of unread news, and the links to feeds."""

from typing import Any

from django import template
from django.db import models
from django.urls import reverse

from accounts.models import User
from participation.models import Notification, Subscription
from participation.models.following import field_for
from participation.public_news import KEYS

register = template.Library()


@register.inclusion_tag("participation/follow_button.html", takes_context=True)
def follow(context: template.Context, record: models.Model) -> dict[str, Any]:
    """A button to follow a record, or to follow it no longer."""
    user = context["user"]
    found = Subscription.objects.of(user).to(record).first() if isinstance(user, User) else None
    return {
        "subscription": found,
        "kind": field_for(record),
        "record": record,
        "user": user,
        "csrf_token": context.get("csrf_token"),
        "request": context.get("request"),
    }


@register.inclusion_tag("participation/feed_link.html")
def feed_link(record: models.Model | None = None) -> dict[str, str]:
    """Tells browsers and feed readers where the news of a page are; for the head of the page."""
    if record is None:
        return {"url": reverse("participation:feed"), "title": ""}
    kind = field_for(record)
    return {"url": reverse("participation:record_feed", args=[kind, getattr(record, KEYS[kind])]), "title": str(record)}


@register.simple_tag(takes_context=True)
def unread_news(context: template.Context) -> int:
    """How many unread news the reader has: one query on an index of the unread ones alone."""
    user = context.get("user")
    return Notification.objects.inbox(user).unread().count() if isinstance(user, User) else 0
