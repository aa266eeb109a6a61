"""The participation app."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _

from participation import guard


class ParticipationConfig(AppConfig):
    name = "participation"
    verbose_name = _("Dialog@Differdange")

    def ready(self) -> None:
        """The trigger of `guard` steps aside while migrations run."""
        pre_migrate.connect(_step_aside, sender=self)
        post_migrate.connect(_stand_guard, sender=self)


def _step_aside(using: str, **kwargs: Any) -> None:
    guard.remove(using)


def _stand_guard(using: str, **kwargs: Any) -> None:
    guard.install(using)
