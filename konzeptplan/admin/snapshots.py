"""Frozen states: to be found, never to be changed."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from konzeptplan.models import Snapshot


@admin.register(Snapshot)
class SnapshotAdmin(admin.ModelAdmin):
    list_display = ["label", "taken_on", "created_at", "created_by", "fingerprint", "to_page"]
    list_select_related = ["created_by"]
    search_fields = ["label", "sha256"]
    date_hierarchy = "taken_on"
    readonly_fields = ["label", "taken_on", "created_at", "created_by", "schema_version", "sha256", "to_page"]
    fields = ["label", "taken_on", "created_at", "created_by", "schema_version", "sha256", "to_page"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Snapshot]:
        return Snapshot.objects.for_lists().latest_first()

    @admin.display(description=_("fingerprint"))
    def fingerprint(self, snapshot: Snapshot) -> str:
        return snapshot.short_id

    @admin.display(description=_("page"))
    def to_page(self, snapshot: Snapshot) -> SafeString:
        return format_html('<a href="{}">{}</a>', snapshot.get_absolute_url(), _("View"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
