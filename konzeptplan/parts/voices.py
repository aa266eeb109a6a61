"""What people said and what became of it: counts first, a share only beside them."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from konzeptplan.figures import Label, Source, Voice, VoiceCount, Voices
from konzeptplan.parts.work import median
from konzeptplan.tally import only


def voices(source: Source) -> Voices:
    """Every contribution once in the totals; in each plan that it concerns, and at its own locality."""
    heard = selected(source)
    chosen = source.selection
    days = [voice.days_to_answer for voice in heard if voice.days_to_answer is not None]
    return Voices(
        all=_count(source, Label("all", _("All contributions")), heard),
        by_plan=tuple(
            _count(source, plan, [v for v in heard if plan.key in v.plans], plan=plan.key)
            for plan in only(source.plans, chosen.plan)
        ),
        by_locality=tuple(
            _count(source, place, [v for v in heard if v.locality == place.key], locality=place.key)
            for place in only(source.localities, chosen.locality)
        ),
        changed_measure=sum(voice.changed_measure for voice in heard),
        unmet=sum(voice.unmet for voice in heard),
        median_days=median(days),
    )


def selected(source: Source) -> Sequence[Voice]:
    """Plan and locality are the contribution's own or, for the plan, those of its measures; the rest its measures'."""
    chosen = source.selection
    if not chosen:
        return source.voices
    wanted = _wanted_codes(source)
    return [
        voice
        for voice in source.voices
        if (not chosen.plan or chosen.plan in voice.plans)
        and (not chosen.locality or chosen.locality == voice.locality)
        and all(voice.measures & codes for codes in wanted)
    ]


def _wanted_codes(source: Source) -> list[set[str]]:
    """For each of goal, horizon and unit that is chosen: the measures of which a voice must concern one."""
    chosen, rows = source.selection, source.measures
    sets = [
        (chosen.goal, {row.code for row in rows if chosen.goal in row.goals}),
        (chosen.horizon, {row.code for row in rows if chosen.horizon == row.horizon}),
        (chosen.unit, {row.code for row in rows if chosen.unit == row.unit_key}),
    ]
    return [codes for is_chosen, codes in sets if is_chosen]


def _count(source: Source, label: Label, heard: Sequence[Voice], **filters: str) -> VoiceCount:
    query = {**source.selection.query, **filters, "audience": source.audience.value}
    return VoiceCount(label, len(heard), sum(voice.answered for voice in heard), urlencode(query))
