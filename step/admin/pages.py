"""The pages around the form of a measure: the preview, “still true”, and sending a proposal back."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.forms import all_valid
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from step import services
from step.models import Measure
from step.views.measures import measure_context


class MeasurePages(admin.ModelAdmin):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("preview/", view(self.preview), name="step_measure_preview_new"),
            path("<int:pk>/preview/", view(self.preview), name="step_measure_preview"),
            path("<int:pk>/still-true/", view(require_POST(self.still_true)), name="step_measure_still_true"),
            path("<int:pk>/send-back/", view(require_POST(self.send_back)), name="step_measure_send_back"),
            *super().get_urls(),
        ]

    def _measure(self, request: HttpRequest, pk: int) -> Measure:
        """The measure that this person may change; what they may not see is not there."""
        measure: Measure | None = self.get_object(request, str(pk))
        if measure is None:
            raise Http404
        if not self.has_change_permission(request, measure):
            raise PermissionDenied
        return measure

    # --- The word that it is still true

    def still_true(self, request: HttpRequest, pk: int) -> HttpResponse:
        measure = self._measure(request, pk)
        actor: Any = request.user
        services.confirm_measure(measure=measure, on=timezone.localdate(), actor=actor)
        messages.success(request, _("%(code)s is confirmed as still true.") % {"code": measure.code})
        return self._back(request, measure)

    def send_back(self, request: HttpRequest, pk: int) -> HttpResponse:
        measure = self._measure(request, pk)
        actor: Any = request.user
        try:
            services.send_back_measure(measure=measure, reason=request.POST.get("reason", ""), actor=actor)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("%(code)s is sent back, with your reason.") % {"code": measure.code})
        return self._back(request, measure)

    def _back(self, request: HttpRequest, measure: Measure) -> HttpResponse:
        wanted = request.POST.get("next", "")
        if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
            return HttpResponseRedirect(wanted)
        return HttpResponseRedirect(reverse("admin:step_measure_change", args=[measure.pk]))

    # --- The preview

    def preview(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """The public page of the measure as it is stored or, after a POST, as the form stands.

        What is typed is written and read as usual, inside a transaction that is then undone: the preview cannot differ
        from the page that publishing would give, and nothing of it stays.
        """
        if pk is None and not self.has_add_permission(request):
            raise PermissionDenied
        measure = self._measure(request, pk) if pk is not None else None
        if request.method != "POST":
            if measure is None:
                return HttpResponseRedirect(reverse("admin:step_measure_add"))
            return self._page(request, measure, is_typed=False)
        with transaction.atomic():
            try:
                return self._as_typed(request, measure)
            finally:
                transaction.set_rollback(True)

    def _as_typed(self, request: HttpRequest, measure: Measure | None) -> HttpResponse:
        fieldsets = self.get_fieldsets(request, measure)
        is_new = measure is None
        form_class = self.get_form(request, measure, change=not is_new, fields=flatten_fieldsets(fieldsets))
        form = form_class(request.POST, request.FILES, instance=measure)
        formsets, _inlines = self._create_formsets(request, form.instance, change=not is_new)  # type: ignore[attr-defined]
        if not (form.is_valid() & all_valid(formsets)):
            return render(request, "step/preview_errors.html", {"form": form, "formsets": formsets})
        typed = form.save()
        for formset in formsets:
            formset.save()
        return self._page(request, typed, is_typed=True)

    def _page(self, request: HttpRequest, measure: Measure, *, is_typed: bool) -> HttpResponse:
        shown = Measure.objects.for_page().get(pk=measure.pk)
        context = measure_context(shown, AnonymousUser(), timezone.localdate())
        return render(request, "step/preview.html", {**context, "is_typed": is_typed})
