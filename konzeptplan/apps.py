"""The konzeptplan app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KonzeptplanConfig(AppConfig):
    name = "konzeptplan"
    verbose_name = _("Konzeptplan StEP 2030")
