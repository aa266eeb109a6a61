"""The form of a measure at the desk: only steps that are allowed can be chosen, and the message says which."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from step.models import Measure, Status, Visibility
from step.services import may_set_visibility


class MeasureForm(forms.ModelForm):
    user: User  # set by the admin

    class Meta:
        model = Measure
        exclude: list[str] = []  # the desk's fieldsets name the fields

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "status" in self.fields:
            self._limit_status()
        if "visibility" in self.fields:
            self._limit_visibility()

    def _limit_status(self) -> None:
        now = self.instance.status_enum
        allowed = [status for status in Status if status == now or status in now.next]
        self._limit(
            "status",
            allowed,
            _("From “%(now)s” a measure can go to: %(allowed)s.")
            % {"now": now.label, "allowed": ", ".join(str(status.label) for status in allowed if status != now)},
        )

    def _limit_visibility(self) -> None:
        now = Visibility(self.instance.visibility)
        allowed = [level for level in Visibility if level == now or may_set_visibility(self._stored, level, self.user)]
        self._limit("visibility", allowed, _("Only the head of office publishes a measure or takes it back."))
        if not self.user.has_perm("step.publish_measure", self.instance):
            self.fields["visibility"].help_text = gettext_lazy(
                "Choose “internal” to propose it; the head of office publishes."
            )

    @property
    def _stored(self) -> Measure:
        """A new measure is drafted in whatever plan its author may choose."""
        if self.instance.pk:
            return self.instance
        return Measure(lead_plan=self.fields["lead_plan"].queryset.first())  # type: ignore[attr-defined]

    def _limit(self, name: str, allowed: list[Any], message: str) -> None:
        field = self.fields[name]
        field.choices = [(value.value, value.label) for value in allowed]  # type: ignore[attr-defined]
        field.error_messages["invalid_choice"] = message
