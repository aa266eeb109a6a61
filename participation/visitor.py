"""Who somebody without an account is: a random number in their session, scrambled before it is stored."""

import hashlib
import secrets

from django.conf import settings
from django.http import HttpRequest

KEY = "visitor"


def visitor_of(request: HttpRequest, *, make: bool = False) -> str:
    """The scrambled number of this session, 64 letters; empty for people with an account, and before `make`."""
    if request.user.is_authenticated:
        return ""
    if KEY not in request.session:
        if not make:
            return ""
        request.session[KEY] = secrets.token_hex(16)
    return hashlib.sha256(f"{settings.SECRET_KEY}:visitor:{request.session[KEY]}".encode()).hexdigest()
