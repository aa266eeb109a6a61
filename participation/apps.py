"""The participation app."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _

from common.history import keep_history

# What citizens wrote or did must be gone when it is taken back: no history keeps it.
OF_CITIZENS = {"Contribution", "Point", "ModerationDecision"}


class ParticipationConfig(AppConfig):
    name = "participation"
    verbose_name = _("Dialog@Differdange")

    def ready(self) -> None:
        keep_history(self, without=OF_CITIZENS)
