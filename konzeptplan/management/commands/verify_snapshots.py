"""Check that every snapshot still is what was frozen; exits with 1 if one is not.

Compares the payloads with the fingerprint of the record, and that with the one in the audit trail of the day.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import AuditEntry
from konzeptplan.figures import Audience
from konzeptplan.freezing import Unreadable
from konzeptplan.models import Snapshot, Tampered


class Command(BaseCommand):
    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        entries = AuditEntry.objects.filter(action="snapshot.freeze").order_by("-pk")
        noted = {entry.record: entry.after.get("sha256") for entry in entries}
        checked = wrong = 0
        for snapshot in Snapshot.objects.order_by("pk").iterator(chunk_size=5):
            checked += 1
            if problem := _problem(snapshot, noted.get(f"konzeptplan.snapshot:{snapshot.pk}")):
                wrong += 1
                self.stderr.write(f"{snapshot.short_id} “{snapshot.label}”: {problem}")
        if wrong:
            raise CommandError(f"{wrong} of {checked} snapshots are not what was frozen")
        self.stdout.write(f"{checked} snapshots are what was frozen")


def _problem(snapshot: Snapshot, noted: str | None) -> str:
    if noted != snapshot.sha256:
        return "the audit trail has another fingerprint" if noted else "the audit trail does not know it"
    try:
        for audience in Audience:
            snapshot.edition(audience)
    except Tampered:
        return "the payload was changed"
    except Unreadable as error:
        return f"cannot be read: {error}"
    return ""
