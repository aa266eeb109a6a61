"""Import, export and template: the pages beside the list of measures."""

import uuid
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from accounts.visibility import sees_drafts
from step.exchange import export, records, writing
from step.exchange.columns import BY_KEY, SHEETS
from step.exchange.comparing import Comparison, compare
from step.exchange.reading import MOST_BYTES, Content, read
from step.models import ImportUpload
from step.models.exchange import keep

SHOWN = 100  # rows of each outcome, and problems, that the preview shows


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Spreadsheet"),
        help_text=gettext_lazy("XLSX with all sheets, or one sheet as CSV. Nothing changes before you confirm."),
        widget=forms.FileInput({"accept": ".xlsx,.csv"}),
    )
    content: Content

    def clean_file(self) -> Any:
        """Checked by what it is and how large it becomes, whatever its name says."""
        upload = self.cleaned_data["file"]
        if upload.size > MOST_BYTES:
            raise ValidationError(_("The file is larger than %(most)d MB.") % {"most": MOST_BYTES // 1024 // 1024})
        self.data_read = upload.read()
        self.content = read(self.data_read, upload.name)
        return upload


class ExchangePages(admin.ModelAdmin):
    change_list_template = "admin/step/measure/change_list.html"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("import/", view(self.import_upload), name="step_measure_import"),
            path("import/<uuid:key>/", view(self.import_preview), name="step_measure_import_preview"),
            path("import/<uuid:key>/confirm/", view(require_POST(self.confirm)), name="step_measure_import_confirm"),
            path("import/template/", view(self.template_file), name="step_measure_template"),
            path("export/<slug:name>/", view(self.export_file), name="step_measure_export"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        context = {"may_exchange": self._may_exchange(request), **(extra_context or {})}
        return super().changelist_view(request, context)

    def _may_exchange(self, request: HttpRequest) -> bool:
        """Files hold drafts and internal notes, so they are for those who edit measures."""
        user: Any = request.user
        return sees_drafts(user) and self.has_change_permission(request)

    def _guard(self, request: HttpRequest) -> Any:
        if not self._may_exchange(request):
            raise PermissionDenied
        return request.user

    # --- Out

    def template_file(self, request: HttpRequest) -> HttpResponse:
        self._guard(request)
        return _file(export.template(), "vorlage-massnahmen.xlsx", export.XLSX)

    def export_file(self, request: HttpRequest, name: str) -> HttpResponse:
        """`all` as a workbook, or the name of one sheet as CSV."""
        user = self._guard(request)
        measures = records.all_measures().visible_to(user)
        indicators = records.all_indicators().visible_to(user)
        day = timezone.localdate().isoformat()
        if name == "all":
            return _file(export.as_workbook(measures, indicators), f"massnahmen-{day}.xlsx", export.XLSX)
        if name not in BY_KEY:
            raise Http404
        return _file(export.as_csv(BY_KEY[name], measures, indicators), f"{name}-{day}.csv", "text/csv; charset=utf-8")

    # --- In

    def import_upload(self, request: HttpRequest) -> HttpResponse:
        user = self._guard(request)
        form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
        if form.is_valid():
            upload = keep(data=form.data_read, name=form.cleaned_data["file"].name, owner=user)
            return HttpResponseRedirect(reverse("admin:step_measure_import_preview", args=[upload.pk]))
        return self._exchange_page(request, {"form": form, "sheets": SHEETS})

    def _upload(self, request: HttpRequest, key: uuid.UUID) -> tuple[Any, ImportUpload, Content]:
        user = self._guard(request)
        upload = ImportUpload.objects.of(user, timezone.now()).filter(pk=key).first()
        if upload is None:
            raise Http404
        return user, upload, read(upload.data, upload.name)

    def import_preview(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        user, upload, content = self._upload(request, key)
        return self._exchange_page(request, _preview(upload, compare(content, user)))

    def confirm(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        user, upload, content = self._upload(request, key)
        try:
            found = writing.apply(content=content, actor=user, seen=request.POST.get("seen") or "-")
        except writing.Outdated as outdated:
            return self._exchange_page(request, {**_preview(upload, outdated.comparison), "is_outdated": True})
        except ValidationError as error:
            failed = {**_preview(upload, compare(content, user)), "failures": error.messages[:SHOWN]}
            return self._exchange_page(request, failed)
        upload.delete()
        number = len(found.to_write)
        told = ngettext("%(number)d row is stored.", "%(number)d rows are stored.", number)
        messages.success(request, told % {"number": number})
        return HttpResponseRedirect(reverse("admin:step_measure_changelist"))

    def _exchange_page(self, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "title": _("Import a spreadsheet")}
        name = "import_preview" if "comparison" in context else "import"
        return TemplateResponse(request, f"admin/step/measure/{name}.html", {**shared, **context})


def _preview(upload: ImportUpload, found: Comparison) -> dict[str, Any]:
    """Counts of everything, and the first rows of each outcome."""
    kinds = [
        ("changed", _("These records change")),
        ("created", _("These records are new")),
    ]
    groups = []
    for outcome, label in kinds:
        rows = [row for row in found.planned if row.outcome == outcome]
        if rows:
            groups.append({"label": label, "outcome": outcome, "rows": rows[:SHOWN], "more": len(rows[SHOWN:])})
    counts = [
        (sheet.title, [counted[outcome] for outcome in ("created", "changed", "unchanged")])
        for sheet, counted in found.counts
    ]
    problems = {"problems": found.problems[:SHOWN], "more_problems": len(found.problems[SHOWN:])}
    return {"upload": upload, "comparison": found, "groups": groups, "counts": counts, "seen": found.digest, **problems}


def _file(data: bytes, name: str, kind: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(data, content_type=kind, headers=headers)
