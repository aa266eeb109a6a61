"""The administration without Django's autodiscovery.

Autodiscovery would import `leaflet.admin`, which needs the GDAL library; the portal needs none.
"""

from importlib import import_module

from django.contrib.admin.apps import SimpleAdminConfig

DESKS = ["django.contrib.auth", "accounts", "leitbild", "step", "participation", "konzeptplan"]


class PortalAdminConfig(SimpleAdminConfig):
    def ready(self) -> None:
        super().ready()
        for app in DESKS:
            import_module(f"{app}.admin")
