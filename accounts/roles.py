"""The roles of the portal, and how a migration gives them their permissions.

Each app lists its own grants in its `roles.py` and applies them in a migration; no app knows the models of another.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib.auth.management import create_permissions
from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """A role is a group of the same name."""

    CITIZEN = "citizen", _("Citizen")
    MODERATOR = "moderator", _("Moderator")
    PLANNER = "planner", _("Planner")
    COUNCIL = "council", _("Council member")
    OFFICE_LEAD = "office_lead", _("Head of office")
    ADMINISTRATOR = "administrator", _("Administrator")

    @classmethod
    def staff(cls) -> list["Role"]:
        """Roles whose members open the administration; each sees there only what the role may."""
        return [cls.MODERATOR, cls.PLANNER, cls.COUNCIL, cls.OFFICE_LEAD, cls.ADMINISTRATOR]


# {model name: {role: "view add change delete"}}
Grants = Mapping[str, Mapping[Role, str]]


def grant(app_label: str, grants: Grants) -> Callable[[Any, Any], None]:
    """A function for `migrations.RunPython` that gives the roles their permissions on the models of one app."""

    def forwards(apps: Any, schema_editor: Any) -> None:
        _create_permissions(apps, app_label)
        group_model = apps.get_model("auth", "Group")
        permission_model = apps.get_model("auth", "Permission")
        for model, by_role in grants.items():
            for role, verbs in by_role.items():
                group, _created = group_model.objects.get_or_create(name=role.value)
                codenames = [f"{verb}_{model}" for verb in verbs.split()]
                found = permission_model.objects.filter(
                    content_type__app_label=app_label, content_type__model=model, codename__in=codenames
                )
                group.permissions.add(*found)

    return forwards


def _create_permissions(apps: Any, app_label: str) -> None:
    """Django makes permissions after all migrations have run; the grants need them earlier."""
    config = apps.get_app_config(app_label)
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
