"""What every desk of the administration shares."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import ValidationError
from django.db import models, router, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from js_asset.media import Media

from common import edits


class InlineForm(forms.ModelForm):
    """The form of an inline whose uniqueness counts together with its parent record.

    Django leaves the parent out of the check of UniqueConstraints in inlines; a second record would then fail in the
    database instead of in the form.
    """

    def validate_unique(self) -> None:
        super().validate_unique()
        try:
            self.instance.validate_constraints()
        except ValidationError as error:
            self._update_errors(error)  # type: ignore[attr-defined]


class EditGuard(admin.ModelAdmin):
    """Two people at one form: the second sees what the first changed, and loses nothing. See `common.edits`."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        if request.method != "POST" or object_id is None or edits.TOKEN not in request.POST:
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic(using=router.db_for_write(self.model)):
            record = self._locked(request, object_id)
            if record is not None and self.has_change_permission(request, record):
                self._note_conflict(request, record)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def _locked(self, request: HttpRequest, object_id: str) -> Any:
        """The record, held until the answer is given, so that two saves at the same moment are compared too."""
        record = self.get_object(request, unquote(object_id))
        if record is not None:
            list(self.model._base_manager.select_for_update().filter(pk=record.pk).values("pk"))
            record.refresh_from_db()
        return record

    def _note_conflict(self, request: Any, record: models.Model) -> None:
        form, formsets = self._as_stored(request, record)
        request.edit_conflict = edits.compare(form, formsets, request.POST)
        if request.edit_conflict:
            request.POST = request.edit_conflict.data

    def _as_stored(self, request: HttpRequest, record: models.Model) -> tuple[forms.BaseForm, list[Any]]:
        """Form and rows of a record as they would be shown to someone who opens it now."""
        fieldsets = self.get_fieldsets(request, record)
        form = self.get_form(request, record, change=True, fields=flatten_fieldsets(fieldsets))(instance=record)
        formsets: list[Any] = []
        for formset_class, inline in self.get_formsets_with_inlines(request, record):
            if inline.has_change_permission(request, record):
                formsets.append(formset_class(instance=record, queryset=inline.get_queryset(request)))
        return form, formsets

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        if not getattr(request, "edit_conflict", None):
            return form

        class Unsettled(form):
            """Not saved before the person has seen what somebody else changed."""

            def clean(self) -> Any:
                cleaned = super().clean()
                self.add_error(None, _("Somebody else has saved this record since you opened it. Nothing is lost."))
                return cleaned

        return Unsettled

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        record = kwargs.get("obj")
        if record is not None and record.pk and self.has_change_permission(request, record):
            conflict = request.__dict__.pop("edit_conflict", None)
            stored = self.get_object(request, str(record.pk))
            if stored is not None:
                context["edit_token"] = edits.dumps(edits.take(*self._as_stored(request, stored)))
            context["edit_conflict"] = conflict
        return super().render_change_form(request, context, *args, **kwargs)


class DeskAdmin(EditGuard):
    """A ModelAdmin whose rich-text editor works under the strict Content-Security-Policy.

    The editor's import map is an inline script; it runs only with the nonce of this very answer.
    """

    list_per_page = 50

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["media"] = Media.from_media(context["media"], nonce=str(request.csp_nonce))  # type: ignore[attr-defined]
        return super().render_change_form(request, context, *args, **kwargs)
