"""The participation app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from participation.search_index import ensure_index


class ParticipationConfig(AppConfig):
    name = "participation"
    verbose_name = _("Dialog@Differdange")

    def ready(self) -> None:
        post_migrate.connect(ensure_index, sender=self, dispatch_uid="participation.search_index")
