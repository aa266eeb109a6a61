"""The participation app."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _

from participation import guard
from participation.search_index import ensure_index


class ParticipationConfig(AppConfig):
    name = "participation"
    verbose_name = _("Dialog@Differdange")

    def ready(self) -> None:
        """The trigger of `guard` steps aside while migrations run; after them the search index is looked after."""
        pre_migrate.connect(_step_aside, sender=self)
        post_migrate.connect(_stand_guard, sender=self)
        post_migrate.connect(ensure_index, sender=self, dispatch_uid="participation.search_index")


def _step_aside(using: str, **kwargs: Any) -> None:
    guard.remove(using)


def _stand_guard(using: str, **kwargs: Any) -> None:
    guard.install(using)
