"""Who votes: keys that tell two votes of one person apart, and tell nobody who it was.

A key is an HMAC with the portal's secret over the poll and what identifies the voter. Without the secret it cannot be
turned back; after the end `services.polls.seal_ended` replaces it by a random one, and then nobody can.
"""

import secrets
from dataclasses import dataclass

from django.core import signing
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from participation.models.polls import Identification, Poll
from participation.services.contributing import Refusal

TOKEN = "voter"  # noqa: S105 -- the name of a session entry
CONFIRMED = "voter_keys"
SALT = "participation.poll-link"


@dataclass(frozen=True)
class Voter:
    """The key under which a vote is stored, and all under which this person may have voted before."""

    keys: tuple[str, ...] = ()
    why_not: Refusal | None = None


def key_of(poll: Poll, kind: str, who: str) -> str:
    return salted_hmac("participation.voter", f"{poll.pk}:{kind}:{who}", algorithm="sha256").hexdigest()


def key_of_email(poll: Poll, email: str) -> str:
    """One person, one mailbox: capitals and what follows a plus sign make no second one."""
    name, _at, domain = email.strip().lower().rpartition("@")
    return key_of(poll, "email", f"{name.split('+')[0]}@{domain}")


def identify(request: HttpRequest, poll: Poll) -> Voter:
    """The voter behind a request, as far as the poll's level of identification asks for one."""
    return _LEVELS[poll.identification_enum](request, poll)


def _by_account(request: HttpRequest, poll: Poll) -> Voter:
    if request.user.is_authenticated:
        return Voter((key_of(poll, "account", str(request.user.pk)),))
    return Voter(why_not=Refusal(_("This poll needs an account, so that everyone votes once."), login_helps=True))


def _by_email(request: HttpRequest, poll: Poll) -> Voter:
    """Accounts have a confirmed address too: the same address votes once, with or without the account."""
    if request.user.is_authenticated:
        return Voter((key_of_email(poll, request.user.email),))
    if key := request.session.get(CONFIRMED, {}).get(str(poll.pk)):
        return Voter((key,))
    return Voter(why_not=Refusal(_("This poll needs a confirmed e-mail address, so that everyone votes once.")))


def _by_browser(request: HttpRequest, poll: Poll) -> Voter:
    keys = []
    if request.user.is_authenticated:
        keys.append(key_of(poll, "account", str(request.user.pk)))
    if token := request.session.get(TOKEN):
        keys.append(key_of(poll, "browser", token))
    if keys:
        return Voter(tuple(keys))
    return Voter(why_not=Refusal(_("Your browser must accept the cookie of this portal, so that everyone votes once.")))


_LEVELS = {
    Identification.ACCOUNT: _by_account,
    Identification.EMAIL: _by_email,
    Identification.ANYONE: _by_browser,
}


def remember_browser(request: HttpRequest) -> None:
    """Give this browser a token of its own before it votes, so that two clicks are not two voters."""
    if not request.session.get(TOKEN):
        request.session[TOKEN] = secrets.token_urlsafe(24)


def link_token(poll: Poll, email: str) -> str:
    """What the link in the mail carries: the key, signed; neither the link nor the session knows the address."""
    return signing.dumps([poll.pk, key_of_email(poll, email)], salt=SALT)


def confirm_link(request: HttpRequest, poll: Poll, token: str) -> bool:
    """Whoever opens the link of their mail may vote in this browser; False if the link is not genuine."""
    try:
        number, key = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return False
    if number != poll.pk:
        return False
    request.session[CONFIRMED] = {**request.session.get(CONFIRMED, {}), str(poll.pk): key}
    return True
