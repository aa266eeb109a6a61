"""What the desks of this app share: rights per record, and the map for geometry."""

from typing import Any

from django.contrib.admin.widgets import AdminTextareaWidget
from django.contrib.auth import get_permission_codename
from django.db import models
from django.http import HttpRequest
from django.urls import reverse_lazy
from modeltranslation.admin import TranslationAdmin

from common.admin import DeskAdmin
from common.geo import GeometryField
from common.geo_forms import GeometryFormField, GeometryWidget
from step.models import Plan
from step.rules import bound_plans, leads_office

FIELDS: dict[Any, dict[str, Any]] = {
    GeometryField: {
        "form_class": GeometryFormField,
        "widget": GeometryWidget(backdrop=reverse_lazy("step:map_data")),
    },
    # Five languages of every text stand below each other: short boxes, which grow by their handle.
    models.TextField: {"widget": AdminTextareaWidget({"rows": 3})},
}


class PlaceDesk(DeskAdmin, TranslationAdmin):
    """Translated records, with a map to draw on."""

    formfield_overrides = FIELDS


class BoundDesk(PlaceDesk):
    """Records that belong to a plan: the role says whether, `rules.py` says which ones."""

    plan_field = ""

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return super().has_change_permission(request, obj) and self._may("change", request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return super().has_delete_permission(request, obj) and self._may("delete", request, obj)

    def _may(self, action: str, request: HttpRequest, obj: models.Model | None) -> bool:
        if obj is None:
            return True
        name = f"{self.opts.app_label}.{get_permission_codename(action, self.opts)}"
        return request.user.has_perm(name, obj)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A planner puts records only into plans to which they are bound."""
        if db_field.name == self.plan_field and not leads_office(request.user):
            kwargs["queryset"] = Plan.objects.filter(pk__in=bound_plans(request.user))  # type: ignore[arg-type]
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
