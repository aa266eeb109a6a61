"""How many contributions one visitor may send: enough for anyone who has something to say, too few for a flood."""

import hashlib

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

PER_HOUR = 10
LOOKUPS_PER_HOUR = 60
HOUR = 3600


def allows(request: HttpRequest, act: str, limit: int = PER_HOUR) -> bool:
    """Count one act of this visitor and say whether it is within the limit of the hour."""
    key = f"throttle:{act}:{_visitor(request)}"
    cache.add(key, 0, timeout=HOUR)
    try:
        return cache.incr(key) <= limit
    except ValueError:  # the key ran out between the two calls
        return True


def _visitor(request: HttpRequest) -> str:
    """A person by account, anyone else by a scrambled address that cannot be turned back."""
    if request.user.is_authenticated:
        return f"user-{request.user.pk}"
    address = request.META.get("REMOTE_ADDR", "")
    if settings.HTTPS:  # behind the proxy that terminates TLS: its last entry is the one it saw itself
        address = request.headers.get("x-forwarded-for", address).split(",")[-1].strip()
    return hashlib.sha256(f"{settings.SECRET_KEY}:{address}".encode()).hexdigest()[:24]
