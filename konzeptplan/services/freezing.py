"""Freezing the Konzeptplan: both audiences, all languages, one record that nobody can change."""

import datetime as dt
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import formats, translation
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from konzeptplan.edition import Edition, edition
from konzeptplan.figures import Audience
from konzeptplan.freezing import canonical, freeze, weave
from konzeptplan.models import Session, Snapshot

MakeEdition = Callable[[dt.date, Audience], Edition]


def freeze_konzeptplan(
    *, on: dt.date, label: str, actor: User | None = None, make: MakeEdition = edition
) -> tuple[Snapshot, bool]:
    """The snapshot of that day and label, and whether it is new: the same day and label never freeze twice.

    `actor` None is the machine (the command); a person needs the right. `make` is another source of editions, for
    samples. Raises PermissionDenied or ValidationError.
    """
    if actor is not None and not actor.has_perm("konzeptplan.freeze"):
        raise PermissionDenied
    label = " ".join(label.split())[:120]
    if not label:
        raise ValidationError(_("A snapshot needs a label."), code="label")
    if found := Snapshot.objects.for_lists().filter(taken_on=on, label=label).first():
        return found, False
    with transaction.atomic():
        public, sample = _payload(on, Audience.PUBLIC, make)
        council, council_sample = _payload(on, Audience.COUNCIL, make)
        snapshot = Snapshot(
            taken_on=on,
            label=label,
            public_payload=public,
            council_payload=council,
            created_by=actor,
            is_sample=sample or council_sample,
        )
        snapshot.save()
        # The trail cannot be edited either: whoever rewrites payload and fingerprint is still found out.
        record("snapshot.freeze", snapshot, actor=actor, after={"sha256": snapshot.sha256, "label": label})
    return snapshot, True


def _payload(on: dt.date, audience: Audience, make: MakeEdition) -> tuple[str, bool]:
    """The edition in every language of the portal, woven into one text, and whether it holds sample data."""
    trees = {}
    is_sample = False
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            made = make(on, audience)
        trees[language] = freeze(made)
        is_sample = is_sample or made.is_sample
    return canonical(weave(trees)), is_sample


def freeze_for_session(*, session: Session, on: dt.date, actor: User) -> Snapshot:
    """Freeze today's Konzeptplan and lay it before the session; a session that has one keeps it."""
    if not actor.has_perm("konzeptplan.freeze"):
        raise PermissionDenied
    with transaction.atomic():
        locked = Session.objects.select_for_update().get(pk=session.pk)
        if locked.snapshot_id:
            raise ValidationError(_("This session has its snapshot already."), code="frozen")
        with translation.override(settings.LANGUAGE_CODE):
            label = f"{locked.get_body_display()} {formats.date_format(locked.date, 'SHORT_DATE_FORMAT')}"
        snapshot, _is_new = freeze_konzeptplan(on=on, label=label, actor=actor)
        locked.snapshot = snapshot
        locked.save(update_fields=["snapshot"])
        record("session.freeze", locked, actor=actor, after={"snapshot": snapshot.pk})
    session.snapshot = snapshot
    return snapshot
