"""Polls with their questions and options, in order, on one page."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline

from accounts.audit import record
from common.admin import DeskAdmin
from participation.models import Poll, PollOption, PollQuestion, QuestionKind
from participation.models.polls import HAS_VOTES
from step.admin.base import FIELDS

CODES = [code for code, _name in settings.LANGUAGES]
MAX_OPTIONS = 30
MAX_LABEL = 160
LINES = gettext_lazy(
    "One per line. Translations after a bar, in this order: German | French | Luxembourgish | English | Portuguese."
)


class QuestionForm(forms.ModelForm):
    """A question with its options as lines of text: quick to type, to paste and to put into another order."""

    options_text = forms.CharField(
        label=gettext_lazy("Options"), required=False, help_text=LINES, widget=forms.Textarea(attrs={"rows": 5})
    )
    rows_text = forms.CharField(
        label=gettext_lazy("Rows of the table"),
        required=False,
        help_text=LINES,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    class Meta:
        model = PollQuestion
        exclude: list[str] = []  # the inline names the fields

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["options_text"] = _as_lines(self.instance.choices)
            self.initial["rows_text"] = _as_lines(self.instance.rows)

    def clean_options_text(self) -> list[list[str]]:
        return _parse(self.cleaned_data["options_text"])

    def clean_rows_text(self) -> list[list[str]]:
        return _parse(self.cleaned_data["rows_text"])

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        kind = QuestionKind(data["kind"]) if data.get("kind") else None
        options, rows = data.get("options_text"), data.get("rows_text")
        if kind and kind.has_options and options is not None and len(options) < 2:
            self.add_error("options_text", _("This kind of question needs at least two options."))
        if kind == QuestionKind.MATRIX and rows is not None and not rows:
            self.add_error("rows_text", _("A table needs at least one row."))
        if options and data.get("min_choices") and data["min_choices"] > len(options):
            self.add_error("min_choices", _("There are not that many options."))
        return data

    def write_options(self) -> None:
        """Make the stored options equal to the lines."""
        self.instance.options.all().delete()
        for is_row, name in ((False, "options_text"), (True, "rows_text")):
            for position, labels in enumerate(self.cleaned_data[name], start=1):
                translated = {f"label_{code}": label for code, label in zip(CODES, labels, strict=False)}
                PollOption.objects.create(question=self.instance, is_row=is_row, position=position, **translated)


def _parse(text: str) -> list[list[str]]:
    lines = [[part.strip() for part in line.split("|")] for line in text.splitlines() if line.strip(" |")]
    if len(lines) > MAX_OPTIONS:
        raise ValidationError(_("At most %(n)d lines, please.") % {"n": MAX_OPTIONS})
    for number, labels in enumerate(lines, start=1):
        if not labels[0] or len(labels) > len(CODES) or any(len(label) > MAX_LABEL for label in labels):
            values = {"n": number, "languages": len(CODES), "length": MAX_LABEL}
            raise ValidationError(
                _("Line %(n)d: begin with the German text; at most %(languages)d languages of %(length)d signs.")
                % values
            )
    return lines


def _as_lines(options: list[PollOption]) -> str:
    lines = []
    for option in options:
        labels = [getattr(option, f"label_{code}") or "" for code in CODES]
        while labels and not labels[-1]:
            labels.pop()
        lines.append(" | ".join(labels))
    return "\n".join(lines)


class PollQuestionInline(TranslationStackedInline):
    model = PollQuestion
    form = QuestionForm
    formfield_overrides = FIELDS
    extra = 0
    fieldsets = [
        (None, {"fields": [("position", "kind", "is_required"), "text", "help", "options_text", "rows_text"]}),
        (
            gettext_lazy("For some kinds only"),
            {
                "classes": ["collapse"],
                "fields": [
                    ("min_choices", "max_choices"),
                    "scale_steps",
                    "low_label",
                    "high_label",
                    ("budget_total", "budget_unit"),
                ],
            },
        ),
    ]

    readonly_fields = ["shown_options"]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Once people have voted, only what the question says."""
        if self.has_change_permission(request, obj):
            return super().get_fieldsets(request, obj)
        return [(None, {"fields": ["kind", "is_required", "text_de", "shown_options"]})]

    @admin.display(description=gettext_lazy("Options"))
    def shown_options(self, question: PollQuestion) -> SafeString | str:
        lines = [_as_lines(question.rows), _as_lines(question.choices)] if question.pk else []
        shown = "\n".join(line for line in lines if line)
        return format_html("<pre>{}</pre>", shown) if shown else "–"

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[PollQuestion]:
        return super().get_queryset(request).prefetch_related("options")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_add_permission(request, obj) and not (obj and obj.has_votes)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj and obj.has_votes)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and obj.has_votes)


@admin.register(Poll)
class PollAdmin(DeskAdmin, TranslationAdmin):
    """Questions can be changed until the first vote; afterwards they are shown, and the message says why."""

    formfield_overrides = FIELDS
    list_display = ["title", "loop", "identification", "results_from", "votes", "is_public", "to_page"]
    list_filter = ["is_public", "identification", "loop__dialogue"]
    list_select_related = ["loop__dialogue"]
    search_fields = ["title", "intro"]
    autocomplete_fields = ["loop"]
    inlines = [PollQuestionInline]
    fieldsets = [
        (gettext_lazy("Poll"), {"fields": ["loop", "title", "intro"]}),
        (gettext_lazy("Rules"), {"fields": ["identification", "may_change", "results_from"]}),
        (gettext_lazy("Publication"), {"fields": ["is_public"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Poll]:
        return Poll.objects.visible_to(request.user).with_ballot_counts().order_by(*self.model._meta.ordering)

    @admin.display(description=gettext_lazy("votes"))
    def votes(self, poll: Any) -> int:
        return poll.ballot_count

    @admin.display(description=gettext_lazy("page"))
    def to_page(self, poll: Poll) -> SafeString:
        return format_html('<a href="{}">{}</a>', poll.get_absolute_url(), _("View"))

    def get_readonly_fields(self, request: HttpRequest, obj: Poll | None = None) -> list[str]:
        """Who may vote is part of what the votes mean."""
        return ["loop", "identification"] if obj and obj.has_votes else []

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and obj.has_votes)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except (ValidationError, ProtectedError):  # somebody voted between opening and saving the form
            messages.error(request, HAS_VOTES)
            return redirect(request.path)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        poll = context.get("original")
        if poll is not None and poll.has_votes:
            messages.info(request, HAS_VOTES)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        super().save_formset(request, form, formset, change)
        for question in formset.forms:
            touched = {"options_text", "rows_text"} & set(question.changed_data)
            if touched and question.instance.pk and question not in formset.deleted_forms:
                question.write_options()

    def save_model(self, request: HttpRequest, obj: Poll, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        record("poll.change" if change else "poll.create", obj, actor=request.user, after={"fields": form.changed_data})
