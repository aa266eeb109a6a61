"""The roof: settings, addresses, home, search, health and error pages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from differdange_portal import checks

__all__ = ["PortalConfig", "checks"]  # importing the checks registers them


class PortalConfig(AppConfig):
    name = "differdange_portal"
    verbose_name = _("Portal")
