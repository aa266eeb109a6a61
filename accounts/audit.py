"""Writing to the audit trail: the last step of every service that changes something."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import models

from accounts.models import AuditEntry, User


def record(
    action: str,
    obj: models.Model,
    *,
    actor: User | AnonymousUser | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> AuditEntry:
    """Note that `actor` (nobody: the machine or an anonymous visitor) did `action` to `obj`.

    `before` and `after` hold JSON values and no personal data of citizens.
    """
    return AuditEntry.objects.create(
        actor=actor if isinstance(actor, User) else None,
        action=action,
        record=f"{obj._meta.label_lower}:{obj.pk}",
        label=str(obj)[:200],
        before=before or {},
        after=after or {},
    )
