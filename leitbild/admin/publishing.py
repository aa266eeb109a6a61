"""Desks whose records become public in a step of its own: the author proposes, the head of office publishes."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.visibility import Visibility


class PublishingMixin(admin.ModelAdmin):
    """Only who holds `publish_<model>` makes a record public or takes it back; each such step is in the audit trail.

    `publish_field` is a `visibility`, or a yes or no such as `is_public`.
    """

    publish_field = "visibility"

    def may_publish(self, request: HttpRequest) -> bool:
        return request.user.has_perm(f"{self.opts.app_label}.publish_{self.opts.model_name}")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        fields = list(super().get_readonly_fields(request, obj))
        locked = self.publish_field != "visibility" or (obj is not None and obj.visibility == Visibility.PUBLIC)
        return [*fields, self.publish_field] if locked and not self.may_publish(request) else fields

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "visibility" and not self.may_publish(request):
            kwargs["choices"] = [choice for choice in Visibility.choices if choice[0] != Visibility.PUBLIC]
            kwargs["help_text"] = _("Choose “internal” to propose it; the head of office publishes.")
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: models.Model, form: Any, change: bool) -> None:
        name = self.publish_field
        before = form.initial.get(name) if change else None
        super().save_model(request, obj, form, change)
        after = getattr(obj, name)
        if before != after and name in form.cleaned_data:
            told = {} if before is None else {name: before}
            record(f"{self.opts.model_name}.{name}", obj, actor=request.user, before=told, after={name: after})
