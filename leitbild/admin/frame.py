"""The frame that others set, and the ledger of the content loader."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from common.admin import DeskAdmin, ReadOnlyDesk
from leitbild.admin.base import ADDRESS, SOURCE, GuidelineDesk, untranslated
from leitbild.models import Instrument, LeipzigPrinciple, LoadedRecord, Sdg


@admin.register(Instrument)
class InstrumentAdmin(GuidelineDesk):
    list_display = ["code", "name", "level", "is_binding", "has_objection_note"]
    list_display_links = ["code", "name"]
    list_filter = ["level", "is_binding", ("objection_note_de", admin.EmptyFieldListFilter), *untranslated("name")]
    search_fields = ["code", "name_de", "name_fr", "official_name", "legal_base_de"]
    prepopulated_fields = {"slug": ["code"]}
    fieldsets = [
        (_("What it is"), {"fields": ["code", "name", "official_name", "level", "description"]}),
        (_("Law"), {"fields": ["legal_base", "is_binding", "force", "objection_note"]}),
        (SOURCE, {"fields": ["chapter", "source"]}),
        (ADDRESS, {"fields": ["position", "slug"]}),
    ]

    @admin.display(description=_("formal way"), boolean=True)
    def has_objection_note(self, instrument: Instrument) -> bool:
        return bool(instrument.objection_note)


@admin.register(Sdg)
class SdgAdmin(DeskAdmin, TranslationAdmin):
    list_display = ["number", "name", "colour"]
    list_display_links = ["number", "name"]
    list_filter = untranslated("name")
    search_fields = ["number", "name_de", "name_fr", "name_en"]
    fieldsets = [
        (_("What it is"), {"fields": ["number", "name"]}),
        (_("How it appears"), {"fields": ["colour"]}),
    ]


@admin.register(LeipzigPrinciple)
class LeipzigPrincipleAdmin(GuidelineDesk):
    list_display = ["title", "kind", "position", "chapter"]
    list_filter = ["kind", *untranslated("title")]
    search_fields = ["title_de", "title_fr", "description_de"]
    prepopulated_fields = {"slug": ["title_de"]}
    fieldsets = [
        (_("What it says"), {"fields": ["kind", "title", "description"]}),
        (SOURCE, {"fields": ["chapter", "source"]}),
        (ADDRESS, {"fields": ["position", "slug"]}),
    ]


@admin.register(LoadedRecord)
class LoadedRecordAdmin(ReadOnlyDesk):
    """To look at only: the loader alone writes here."""

    list_display = ["record", "loaded_at"]
    search_fields = ["record"]
    date_hierarchy = "loaded_at"
    fields = ["record", "fields", "fingerprint", "loaded_at"]
