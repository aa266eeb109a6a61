"""Events with their registrations, and the contributions that came out of them."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from accounts.audit import record
from common.admin import DeskAdmin
from common.tables import MAX_BYTES
from participation.models import Event, Registration
from participation.models.events import ACCESS_FACTS
from participation.services import events as services
from participation.services import importing
from step.admin.base import PlaceDesk


class EventForm(forms.ModelForm):
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Event
        exclude: list[str] = []  # the desk's fieldsets name the fields

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "languages" in self.fields:
            names = [(code, get_language_info(code)["name_local"].capitalize()) for code, _n in settings.LANGUAGES]
            self.fields["languages"].choices = names  # type: ignore[attr-defined]


@admin.register(Event)
class EventAdmin(PlaceDesk):
    """Giving more places moves the waiting list up; an event that does not take place tells everyone."""

    form = EventForm
    list_display = ["title", "kind", "starts_at", "place", "is_public", "registered", "to_page"]
    list_filter = ["kind", "is_public", "is_cancelled", "starts_at"]
    list_select_related = ["dialogue"]
    search_fields = ["title", "place", "address"]
    autocomplete_fields = ["dialogue"]
    date_hierarchy = "starts_at"
    readonly_fields = ["registered", "said"]
    fieldsets = [
        (gettext_lazy("Event"), {"fields": ["kind", "title", "summary", "body", "dialogue"]}),
        (gettext_lazy("When and where"), {"fields": [("starts_at", "ends_at"), "place", "address", "geometry"]}),
        (gettext_lazy("For whom"), {"fields": ["languages", *ACCESS_FACTS, "access_note"]}),
        (
            gettext_lazy("Registration"),
            {"fields": ["needs_registration", "capacity", "registration_until", "registered"]},
        ),
        (gettext_lazy("Afterwards"), {"fields": ["minutes", "minutes_url", "said"]}),
        (gettext_lazy("Publication"), {"fields": ["is_public", "is_cancelled"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Event]:
        visible = Event.objects.visible_to(request.user).with_seats()
        return visible.annotate(said_count=Count("contributions", distinct=True)).order_by("-starts_at", "-pk")

    @admin.display(description=gettext_lazy("page"))
    def to_page(self, event: Event) -> SafeString:
        return format_html('<a href="{}">{}</a>', event.get_absolute_url(), _("View"))

    @admin.display(description=gettext_lazy("registrations"))
    def registered(self, event: Any) -> str | SafeString:
        if event.pk is None or not event.needs_registration:
            return "–"
        values = {"taken": event.taken, "waiting": event.waiting_count}
        text = _("%(taken)d places given, %(waiting)d waiting") % values
        url = reverse("admin:participation_registration_changelist")
        return format_html('<a href="{}?event__id__exact={}">{}</a>', url, event.pk, text)

    @admin.display(description=gettext_lazy("contributions"))
    def said(self, event: Any) -> str | SafeString:
        if event.pk is None:
            return "–"
        text = _("%(n)d entered; enter more from a spreadsheet") % {"n": event.said_count}
        return format_html('<a href="{}">{}</a>', reverse("admin:participation_event_enter", args=[event.pk]), text)

    def save_model(self, request: HttpRequest, obj: Event, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        record(
            "event.change" if change else "event.create", obj, actor=request.user, after={"fields": form.changed_data}
        )
        if change:
            services.settle(event=obj)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.enter_view)
        return [path("<int:pk>/beitraege/", view, name="participation_event_enter"), *super().get_urls()]

    def enter_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Check a spreadsheet, and enter it when it is right."""
        if not request.user.has_perm("participation.enter_contributions"):
            raise PermissionDenied
        event = get_object_or_404(Event.objects.visible_to(request.user), pk=pk)
        form = SheetForm(request.POST or None, request.FILES or None)
        reading = _reading(event, form) if request.method == "POST" and form.is_valid() else None
        if reading and not reading.problems and "enter" in request.POST:
            number = importing.enter(event=event, reading=reading, by=request.user)  # type: ignore[arg-type]
            text = ngettext(
                "%(n)d contribution entered. It waits for moderation.",
                "%(n)d contributions entered. They wait for moderation.",
                number,
            )
            messages.success(request, text % {"n": number})
            return redirect("admin:participation_event_enter", event.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Contributions from a spreadsheet"),
            "event": event,
            "form": form,
            "reading": reading,
            "opts": self.opts,
        }
        return render(request, "admin/participation/enter.html", context)


class SheetForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("Spreadsheet (XLSX or CSV)"))

    def clean_file(self) -> bytes:
        upload = self.cleaned_data["file"]
        if upload.size > MAX_BYTES:
            raise ValidationError(_("The file is larger than %(max)d MB.") % {"max": MAX_BYTES // 1_000_000})
        return upload.read()


def _reading(event: Event, form: SheetForm) -> importing.Reading | None:
    try:
        return importing.read(event=event, data=form.cleaned_data["file"])
    except ValidationError as error:
        form.add_error("file", error)
        return None


@admin.register(Registration)
class RegistrationAdmin(DeskAdmin):
    """Who comes, in the order in which they registered; for those who prepare the event only."""

    list_display = ["number", "event", "name", "email", "language", "status", "confirmed_at"]
    list_filter = ["status", "event"]
    list_select_related = ["event"]
    search_fields = ["email", "name"]
    ordering = ["-event__starts_at", "number"]
    actions = ["cancel_registrations"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.action(description=gettext_lazy("Cancel (they are told, the next moves up)"), permissions=["view"])
    def cancel_registrations(self, request: HttpRequest, rows: models.QuerySet[Registration]) -> None:
        for registration in rows.select_related("event"):
            services.cancel(registration=registration, by=request.user)  # type: ignore[arg-type]
        messages.success(request, _("Cancelled."))
