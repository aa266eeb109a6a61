"""The history of a record at the desk: what changed, an earlier version beside today's, and the way back."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from common import history

PER_PAGE = 25


class HistoryDesk(admin.ModelAdmin):
    """Replaces Django's own history page, which knows only what was done in the administration.

    `restore_keeps`: fields that an earlier version does not bring back, because they move by rules of their own.
    """

    restore_keeps: tuple[str, ...] = ()

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        guard = self.admin_site.admin_view
        return [
            path("deleted/", guard(self.deleted_view), name=f"{name}_deleted"),
            path("<path:object_id>/version/<int:version_id>/", guard(self.version_view), name=f"{name}_version"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        may_restore = history.has_history(self.model) and self.has_delete_permission(request)
        return super().changelist_view(request, {"may_restore": may_restore, **(extra_context or {})})

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Versions of a record, newest first, each with what it changed."""
        if not history.has_history(self.model):
            return super().history_view(request, object_id, extra_context)
        obj = self._load(request, object_id)
        page = Paginator(history.versions_of(self.model, obj.pk), PER_PAGE).get_page(request.GET.get("page"))
        rows = list(page.object_list)
        older = [*rows[1:], rows[-1].prev_record if rows else None]
        context = {
            **self._frame(request, _("History: %s") % obj),
            "object": obj,
            "page_obj": page,
            "entries": [(new, history.changes(new, old)) for new, old in zip(rows, older, strict=False)],
            **(extra_context or {}),
        }
        return render(request, "admin/record_history.html", context)

    def version_view(self, request: HttpRequest, object_id: str, version_id: int) -> HttpResponse:
        """An earlier version beside the record of today; POST restores it."""
        obj = self._load(request, object_id)
        version = get_object_or_404(history.versions_of(self.model, obj.pk), history_id=version_id)
        if request.method == "POST":
            if not self.has_change_permission(request, obj):
                raise PermissionDenied
            return self._restore(request, version)
        newest = history.versions_of(self.model, obj.pk).first()
        context = {
            **self._frame(request, _("Version of %s") % obj),
            "object": obj,
            "version": version,
            "differences": history.changes(newest, version),
            "keeps": [self.opts.get_field(name).verbose_name for name in self.restore_keeps],  # type: ignore[union-attr]
            "may_restore": self.has_change_permission(request, obj),
        }
        return render(request, "admin/record_version.html", context)

    def deleted_view(self, request: HttpRequest) -> HttpResponse:
        """What was deleted, with who and when; whoever may delete may bring it back."""
        if not history.has_history(self.model):
            raise Http404
        if not self.has_delete_permission(request):
            raise PermissionDenied
        rows = history.deleted(self.model)
        if request.method == "POST":
            return self._restore(request, get_object_or_404(rows, history_id=request.POST.get("version") or 0))
        page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
        context = {**self._frame(request, _("Deleted: %s") % self.opts.verbose_name_plural), "page_obj": page}
        return render(request, "admin/record_deleted.html", context)

    def _load(self, request: HttpRequest, object_id: str) -> models.Model:
        """Through the desk's own door: what a person may not see has no history for them either."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            raise Http404
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        return obj

    def _restore(self, request: HttpRequest, version: Any) -> HttpResponse:
        try:
            restored = history.restore(version, keep=self.restore_keeps, reason=_("restored"))
        except ValidationError as error:
            messages.error(request, _("Nothing was restored: %s") % " ".join(error.messages))
            return redirect(request.path)
        messages.success(request, _("Restored: %s") % restored)
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return redirect(reverse(name, args=[restored.pk]))

    def _frame(self, request: HttpRequest, title: str) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "opts": self.opts, "title": title}
