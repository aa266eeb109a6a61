"""The leitbild app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from common.history import keep_history


class LeitbildConfig(AppConfig):
    name = "leitbild"
    verbose_name = _("Guiding vision")

    def ready(self) -> None:
        keep_history(self, without={"LoadedRecord"})
