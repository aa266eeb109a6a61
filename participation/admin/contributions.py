"""Contributions with their points."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from common.admin import DeskAdmin
from participation.models import (
    Contribution,
    Origin,
    Point,
    Publication,
)


class PointInline(admin.TabularInline):
    model = Point
    extra = 0
    fields = ["position", "text", "treatment"]
    readonly_fields = ["treatment"]


@admin.register(Contribution)
class ContributionAdmin(DeskAdmin):
    """Staff read, split into points, and add what came on paper; publishing and answering have pages of their own."""

    list_display = ["__str__", "status", "origin", "signed", "created_at", "next_step"]
    list_filter = ["status", "origin", "kind", "language", "loop__dialogue"]
    list_select_related = ["author"]
    search_fields = ["title", "text", "receipt_code", "author_name"]
    date_hierarchy = "created_at"
    autocomplete_fields = ["loop", "question", "measure", "chapter", "plan", "locality"]
    readonly_fields = ["receipt_code", "status", "created_at", "published_at", "next_step"]
    inlines = [PointInline]
    fieldsets = [
        (_("What was said"), {"fields": ["kind", "title", "text", "language", "origin"]}),
        (_("What it is about"), {"fields": ["loop", "question", "measure", "chapter", "plan", "locality"]}),
        (_("Who said it"), {"fields": ["author_name", "email"]}),
        (_("Where it stands"), {"fields": ["status", "receipt_code", "created_at", "published_at", "next_step"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Contribution]:
        visible = Contribution.objects.visible_to(request.user)
        return visible.order_by(*self.model._meta.ordering)

    @admin.display(description=_("next step"))
    def next_step(self, contribution: Contribution) -> str | SafeString:
        if contribution.status == Publication.WAITING:
            return _link("participation:moderate", contribution, _("Moderate"))
        if contribution.status == Publication.PUBLISHED:
            return _link("participation:answer", contribution, _("Answer"))
        return ""

    def save_model(self, request: HttpRequest, obj: Contribution, form: ModelForm, change: bool) -> None:
        if not change and obj.origin == Origin.WEB:
            obj.origin = Origin.PAPER  # what staff type in did not come over the portal
        super().save_model(request, obj, form, change)
        action = "contribution.change" if change else "contribution.enter"
        record(action, obj, actor=request.user, after={"origin": obj.origin})


def _link(name: str, contribution: Contribution, text: Any) -> SafeString:
    return format_html('<a href="{}">{}</a>', reverse(name, args=[contribution.pk]), text)
