"""The step app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StepConfig(AppConfig):
    name = "step"
    verbose_name = _("StEP and measures")
