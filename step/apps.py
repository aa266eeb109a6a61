"""The step app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from common.history import keep_history


class StepConfig(AppConfig):
    name = "step"
    verbose_name = _("StEP and measures")

    def ready(self) -> None:
        keep_history(self)
