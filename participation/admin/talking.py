"""Comments, for looking up; moderators decide on their own page."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from common.admin import DeskAdmin
from participation.models import Comment


@admin.register(Comment)
class CommentAdmin(DeskAdmin):
    list_display = ["__str__", "status", "voice", "signed", "created_at", "support_count"]
    list_filter = ["status", "voice", "language"]
    list_select_related = ["author"]
    search_fields = ["text", "author_name"]
    date_hierarchy = "created_at"

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Comment]:
        return Comment.objects.visible_to(request.user).order_by("-created_at", "-pk")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
