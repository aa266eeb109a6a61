"""What each sheet holds. The headers are German, the words of the office's own files; English and French ones are
read too, so they are part of the file's format and not of the interface.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname

from leitbild.models import Indicator, IndicatorValue
from step.exchange.cells import name_of
from step.exchange.kinds import Kind, kind_of
from step.models import BudgetLine, Measure, Milestone

Lines = list[tuple[Any, ...]]


@dataclass(frozen=True, eq=False)
class Column:
    name: str  # of the model's field
    header: str
    aliases: tuple[str, ...]
    kind: Kind
    is_required: bool = False
    help: str | Promise = ""

    @cached_property
    def names(self) -> set[str]:
        return {name_of(name) for name in (self.header, *self.aliases)}


@dataclass(frozen=True, eq=False)
class Sheet:
    key: str
    title: str
    aliases: tuple[str, ...]
    model: type[models.Model]
    columns: tuple[Column, ...] = field(repr=False)
    keys: tuple[str, ...]  # the columns by which a record is found again
    by_name: dict[str, Column] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {column.name: column for column in self.columns})

    @cached_property
    def names(self) -> set[str]:
        return {name_of(name) for name in (self.title, self.key, *self.aliases)}

    def column_named(self, header: Any) -> Column | None:
        return self._headers.get(name_of(header))

    @cached_property
    def _headers(self) -> dict[str, Column]:
        found: dict[str, Column] = {}
        for column in self.columns:
            for name in column.names:
                found.setdefault(name, column)
        return found


# (field, header, further headers; a star marks what a new record must have, the rest is a help text)
MEASURES: Lines = [
    (
        "code*", "Code", "Kennung|Nummer|Nr|Maßnahmennummer|measure code|code de la mesure",
        _("Like VM-03. Finds the measure again."),
    ),
    ("lead_plan*", "StEP", "federführender StEP|Plan|lead StEP|lead plan|StEP pilote"),
    ("further_plans", "Weitere StEP", "further StEP|further plans|autres StEP"),
    ("title*", "Titel", "Bezeichnung|Maßnahme|Name|title|titre"),
    ("summary", "Kurzfassung", "in Kürze|Zusammenfassung|Kurzbeschreibung|summary|résumé"),
    ("body", "Text", "Beschreibung|description|texte", _("Plain text or simple HTML.")),
    ("chapter", "Kapitel", "Quellenkapitel|chapter|chapitre", _("Number in the guideline: 09.1")),
    ("source_note", "Quelle", "source"),
    ("goals", "Ziele", "Oberziele|goals|objectifs", _("Numbers, separated by semicolons.")),
    ("sdgs", "SDG", "SDGs|ODD|Nachhaltigkeitsziele", _("Numbers, separated by semicolons.")),
    ("pillars", "Säulen", "pillars|piliers"),
    ("instruments", "Instrumente", "Planungsinstrumente|instruments"),
    ("assignment_reason", "Warum diese Ziele", "why these goals|pourquoi ces objectifs"),
    ("localities", "Orte", "Ort|Ortsteile|Ortschaften|localities|localités|lieux"),
    ("is_citywide", "Ganze Stadt", "gesamtstädtisch|whole city|toute la ville"),
    ("geometry_note", "Anmerkung zum Ort", "note on the place|remarque sur le lieu"),
    ("urgency", "Dringlichkeit", "Priorität|urgency|urgence|priorité"),
    ("urgency_reason", "Warum so dringlich", "why this urgency|pourquoi cette urgence"),
    ("horizon", "Zeithorizont", "Horizont|time horizon|horizon"),
    ("horizon_reason", "Warum dieser Zeithorizont", "why this horizon|pourquoi cet horizon"),
    ("status", "Status", "Stand|Zustand|état|statut"),
    (
        "status_reason", "Begründung", "Grund|Statusbegründung|reason|raison",
        _("Required when the measure deviates from its plan."),
    ),
    ("unblocked_by", "Was sie frei macht", "Was würde sie lösen|what would free it|ce qui la débloque"),
    ("must_act", "Wer handeln muss", "who must act|qui doit agir"),
    ("next_step", "Nächster Schritt", "next step|prochaine étape"),
    ("baseline_start", "Beginn beschlossen", "beschlossen Beginn|adopted start|début adopté"),
    ("baseline_end", "Ende beschlossen", "beschlossen Ende|adopted end|fin adoptée"),
    ("forecast_start", "Beginn erwartet", "erwartet Beginn|expected start|début prévu"),
    ("forecast_end", "Ende erwartet", "erwartet Ende|expected end|fin prévue"),
    ("actual_start", "Begonnen am", "tatsächlich Beginn|begun on|actual start|commencé le"),
    ("actual_end", "Abgeschlossen am", "tatsächlich Ende|done on|actual end|achevé le"),
    ("baseline_cost", "Kosten beschlossen", "Gesamtkosten|adopted cost|coût adopté", _("In euros.")),
    ("responsible_unit", "Zuständig", "zuständige Stelle|responsible unit|service responsable"),
    ("deputy_unit", "Stellvertretende Stelle", "deputy unit|service suppléant"),
    (
        "responsible_person", "Verantwortliche Person", "responsible person|personne responsable",
        _("E-mail of a person with access here."),
    ),
    ("deputy_person", "Stellvertretung", "deputy|suppléant", _("E-mail of a person with access here.")),
    ("partners", "Partner", "partners|partenaires"),
    ("visibility", "Sichtbarkeit", "visibility|visibilité"),
    ("internal_note", "Interne Notiz", "internal note|note interne", _("Never shown to the public.")),
]  # fmt: skip
PARENT = "Maßnahme|Maßnahmencode|measure|mesure|measure code|Code"
MILESTONES: Lines = [
    ("measure*", "Maßnahme", PARENT, _("The code of the measure.")),
    ("id", "Nr. im Portal", "ID|id", _("Leave it empty for a new milestone; with it, a title can be changed.")),
    ("title*", "Titel", "Meilenstein|Schritt|title|milestone|titre|jalon"),
    ("due_on", "Fällig", "fällig am|Termin|due|échéance"),
    ("done_on", "Erledigt", "erledigt am|done|done on|fait le"),
    ("position", "Reihenfolge", "position|order|ordre"),
]
BUDGET: Lines = [
    ("measure*", "Maßnahme", PARENT, _("The code of the measure.")),
    ("year*", "Jahr", "Haushaltsjahr|year|année|exercice"),
    ("kind", "Art", "kind|type|nature"),
    ("funder", "Geldgeber", "Finanzierung|Förderer|funder|financeur", _("Empty: the city itself.")),
    ("planned", "Geplant", "Plan|planned|prévu", _("In euros.")),
    ("voted", "Bewilligt", "beschlossen|voted|voté", _("In euros.")),
    ("spent", "Ausgegeben", "Ist|verausgabt|spent|dépensé", _("In euros.")),
    ("apply_by", "Antragsfrist", "application deadline|délai de demande"),
]
INDICATORS: Lines = [
    (
        "slug*", "Kurzname", "Kürzel|slug|short address|identifiant",
        _("Small letters and hyphens. Finds the indicator again."),
    ),
    ("name*", "Name", "Indikator|Bezeichnung|indicator|nom|indicateur"),
    ("unit*", "Einheit", "unit|unité"),
    ("definition*", "Definition", "définition"),
    ("source*", "Quelle", "source"),
    ("limitations", "Grenzen", "Aussagegrenzen|limitations|limites"),
    ("goals", "Ziele", "Oberziele|goals|objectifs", _("Numbers, separated by semicolons.")),
    ("chapter", "Kapitel", "chapter|chapitre"),
    ("owner", "Zuständig", "zuständige Stelle|responsible unit|service responsable"),
    ("direction", "Gewünschte Richtung", "Richtung|direction|desired direction|direction souhaitée"),
    ("baseline_value", "Ausgangswert", "Basiswert|baseline|valeur de départ"),
    ("baseline_year", "Jahr des Ausgangswerts", "Basisjahr|baseline year|année de départ"),
    ("target_value", "Zielwert", "target|valeur cible"),
    ("target_year", "Zieljahr", "target year|année cible"),
    ("interval", "Neue Werte", "Rhythmus|interval|rythme"),
    ("next_update", "Nächster Wert fällig", "nächste Aktualisierung|next update|prochaine mise à jour"),
    ("visibility", "Sichtbarkeit", "visibility|visibilité"),
    ("position", "Reihenfolge", "position|order|ordre"),
]  # fmt: skip
VALUES: Lines = [
    ("indicator*", "Indikator", "Kurzname|Kürzel|indicator|indicateur|slug", _("The short name of the indicator.")),
    ("measured_on*", "Datum", "Stichtag|gemessen am|date|measured on|mesuré le"),
    ("precision", "Bekannt für", "Genauigkeit|precision|known for|précision"),
    ("value*", "Wert", "value|valeur"),
    ("comment", "Kommentar", "Anmerkung|comment|commentaire"),
    ("source", "Quelle", "source"),
]


def _columns(model: type[models.Model], table: Lines) -> tuple[Column, ...]:
    """German first; the other languages of translated texts stand at the end."""
    german = [column for row in table for column in _column(model, "de", *row)]
    others = [c for code, _l in settings.LANGUAGES if code != "de" for row in table for c in _column(model, code, *row)]
    return (*german, *others)


def _column(model: Any, code: str, name: str, header: str, aliases: str, told: Any = "") -> Iterator[Column]:
    plain_name, required, names = name.rstrip("*"), name.endswith("*"), tuple(aliases.split("|"))
    localized = build_localized_fieldname(plain_name, code)
    is_translated = any(f.name == localized for f in model._meta.get_fields())
    if not is_translated:
        if code == "de":
            yield Column(plain_name, header, names, kind_of(model._meta.get_field(plain_name)), required, told)
        return
    marked = tuple(f"{alias} ({code})" for alias in (header, *names))
    kind = kind_of(model._meta.get_field(localized))
    if code == "de":
        yield Column(localized, header, (*names, *marked), kind, required, told)
    else:
        yield Column(localized, marked[0], marked[1:], kind, False, told)


def _sheet(key: str, title: str, aliases: str, model: type[models.Model], table: Lines, keys: str) -> Sheet:
    return Sheet(key, title, tuple(aliases.split("|")), model, _columns(model, table), tuple(keys.split()))


# In the order in which they are written: what others refer to comes first.
SHEETS: tuple[Sheet, ...] = (
    _sheet("measures", "Maßnahmen", "measures|mesures|Maßnahmenliste", Measure, MEASURES, "code"),
    _sheet("milestones", "Meilensteine", "milestones|jalons|Termine", Milestone, MILESTONES, "measure title_de"),
    _sheet("budget", "Budget", "budget lines|Haushalt|Kosten|Finanzen", BudgetLine, BUDGET, "measure year"),
    _sheet("indicators", "Indikatoren", "indicators|indicateurs", Indicator, INDICATORS, "slug"),
    _sheet("values", "Indikatorwerte", "values|Werte|valeurs", IndicatorValue, VALUES, "indicator measured_on"),
)
BY_KEY = {sheet.key: sheet for sheet in SHEETS}
