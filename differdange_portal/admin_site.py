"""The administration: its desks in the order of the office's work, without Django's autodiscovery.

Autodiscovery would import `leaflet.admin`, which needs the GDAL library; the portal needs none.
"""

from importlib import import_module
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import SimpleAdminConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

DESKS = ["step", "participation", "leitbild", "konzeptplan", "accounts", "django.contrib.auth"]
# What the office opens daily comes first; what is not named follows by name.
FIRST = [
    "Measure", "Plan", "Locality", "InterventionArea", "TimeHorizon",
    "Dialogue", "Contribution", "Treatment", "ModerationDecision",
    "Chapter", "Goal", "GlossaryTerm", "Instrument", "OrganisationUnit",
    "User", "Group", "AuditEntry",
]  # fmt: skip


class PortalAdminSite(AdminSite):
    site_header = _("Differdange portal – administration")
    site_title = _("Differdange portal")
    index_title = _("Your desk")

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        labels = [desk.rsplit(".")[-1] for desk in DESKS]
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=lambda model: _rank(FIRST, model["object_name"]))
        return sorted(apps, key=lambda app: _rank(labels, app["app_label"]))


def _rank(order: list[str], name: str) -> int:
    return order.index(name) if name in order else len(order)


class PortalAdminConfig(SimpleAdminConfig):
    default_site = "differdange_portal.admin_site.PortalAdminSite"

    def ready(self) -> None:
        super().ready()
        for app in DESKS:
            import_module(f"{app}.admin")
