"""The list of house numbers: imported from a table, with a dry run that says what is wrong where."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common.admin import DeskAdmin
from participation.addresses import MAX_BYTES, AddressList, read, store
from participation.models import Address


class ImportForm(forms.Form):
    table = forms.FileField(label=gettext_lazy("Table (CSV)"))
    dry_run = forms.BooleanField(label=gettext_lazy("Only check, store nothing"), required=False, initial=True)

    def clean_table(self) -> Any:
        table = self.cleaned_data["table"]
        if table.size > MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than 10 MB."))
        return table


@admin.register(Address)
class AddressAdmin(DeskAdmin):
    list_display = ["street", "number", "locality_name", "locality"]
    list_filter = ["locality"]
    list_select_related = ["locality"]
    search_fields = ["street", "number", "locality_name"]
    change_list_template = "admin/participation/address/change_list.html"

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.import_view)
        return [path("import/", view, name="participation_address_import"), *super().get_urls()]

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """Read a table and show what is in it; store it if it has no errors and the dry run is switched off."""
        if not self.has_add_permission(request) or not self.has_change_permission(request):
            raise PermissionDenied
        form = ImportForm(request.POST or None, request.FILES or None)
        found: AddressList | None = None
        if request.method == "POST" and form.is_valid():
            found = read(form.cleaned_data["table"].read())
            if not found.errors and not form.cleaned_data["dry_run"]:
                number = store(found, by=request.user)  # type: ignore[arg-type]
                messages.success(request, ngettext("%(n)d address.", "%(n)d addresses.", number) % {"n": number})
                return redirect("admin:participation_address_changelist")
        context = {
            **self.admin_site.each_context(request),
            "title": _("Import addresses"),
            "opts": self.opts,
            "form": form,
            "found": found,
        }
        return render(request, "admin/participation/address/import.html", context)
