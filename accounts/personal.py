"""What this app holds about a person: the account itself, mails to them, and what they did as staff."""

from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from accounts.models import AuditEntry, OutboxMail, User
from common.personal import Section, fact, other, section

COVERS = {
    "accounts.AuditEntry.actor",
    "accounts.User.groups",
    "accounts.User.user_permissions",
    "account.EmailAddress.user",
    "admin.LogEntry.user",
}


def export(user: User) -> list[Section]:
    profile = [fact(user, name) for name in ("email", "name", "pseudonym", "language", "date_joined", "last_login")]
    roles = other("roles", _("roles"), list(user.groups.values_list("name", flat=True)))
    mails = OutboxMail.objects.filter(to__iexact=user.email)
    return [
        Section("account", _("Account"), [[*profile, roles]]),
        section("addresses", _("E-mail addresses"), EmailAddress.objects.filter(user=user), ("email", "verified")),
        section("mails", _("Mails to you"), mails, ("created_at", "subject", "body", "sent_at")),
        section("acts", _("What you did as staff"), AuditEntry.objects.filter(actor=user), ("at", "action", "record")),
    ]


def erase(user: User) -> None:
    """Delete the account. Of staff whose acts stand in the audit trail a nameless number stays, which cannot log in."""
    OutboxMail.objects.filter(to__iexact=user.email).delete()
    LogEntry.objects.filter(user=user).delete()
    try:
        user.delete()
    except ProtectedError:
        EmailAddress.objects.filter(user=user).delete()
        user.groups.clear()
        user.user_permissions.clear()
        user.email, user.name, user.pseudonym = f"deleted-{user.pk}@portal.invalid", "", ""
        user.is_active = user.is_staff = user.is_superuser = False
        user.last_login = None
        user.set_unusable_password()
        user.save()
