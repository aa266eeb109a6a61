"""Rules against programs that do not bother people: a trap field (in the form), a pace, and throttles (`throttle`).

No puzzle: a form carries a signed time at which it was shown. Nobody reads and writes within three seconds. A form that
comes too early, or without its time, is not thrown away: it is shown again with what was typed, and sent once more it
arrives.
"""

from django.core import signing

MIN_SECONDS = 3
_SALT = "participation.form"


def stamp() -> str:
    """The signed time of now, for a hidden field."""
    return signing.TimestampSigner(salt=_SALT).sign("shown")


def is_hasty(stamped: str) -> bool:
    """Whether the form came back sooner than a person can write, or without a time of ours."""
    signer = signing.TimestampSigner(salt=_SALT)
    try:
        signer.unsign(stamped)
    except signing.BadSignature:
        return True
    try:
        signer.unsign(stamped, max_age=MIN_SECONDS)
    except signing.SignatureExpired:
        return False  # old enough
    return True
