"""What people fill in to follow something."""

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from common.geo import representative_point
from common.geo_forms import GeometryFormField, GeometryWidget
from participation.models import Frequency
from step.models import Locality

RADII = [(100, "100 m"), (250, "250 m"), (500, "500 m"), (1000, "1 km"), (2000, "2 km")]
BY_MAIL = [choice for choice in Frequency.choices if choice[0] != Frequency.NEVER]


class FrequencyForm(forms.Form):
    frequency = forms.ChoiceField(label=_("Mails"), choices=Frequency.choices, initial=Frequency.DAILY)


class FollowByMailForm(forms.Form):
    """Without an account. `website` is a trap: people do not see it, programs fill it in."""

    email = forms.EmailField(label=_("Your e-mail"), max_length=254, help_text=_("You get one mail to confirm it."))
    frequency = forms.ChoiceField(label=_("Mails"), choices=BY_MAIL, initial=Frequency.WEEKLY)
    website = forms.CharField(
        label=_("Leave this field empty"), required=False, widget=forms.TextInput(attrs={"tabindex": "-1"})
    )

    @property
    def is_trapped(self) -> bool:
        return bool(self.data.get("website"))


class PlaceForm(forms.Form):
    """A place by its part of town, or exactly by the map."""

    label = forms.CharField(
        label=_("Name of the place"), max_length=80, required=False, help_text=_("For you only, such as “my street”.")
    )
    radius_m = forms.TypedChoiceField(label=_("Within"), choices=RADII, coerce=int, initial=500)
    locality: forms.ModelChoiceField = forms.ModelChoiceField(
        Locality.objects.exclude(outline=None),
        label=_("Around the middle of"),
        required=False,
        empty_label=_("The place that I set on the map"),
    )
    place = GeometryFormField(
        label=_("Place on the map"),
        required=False,
        widget=GeometryWidget(backdrop=reverse_lazy("step:map_data")),
        help_text=_("Set a point. It is used for your news only and shown to nobody."),
    )
    frequency = forms.ChoiceField(label=_("Mails"), choices=Frequency.choices, initial=Frequency.WEEKLY)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = self.cleaned_data
        if not data.get("place") and not data.get("locality") and not self.errors:
            self.add_error("locality", _("Choose a part of town, or set a point on the map."))
        return data

    @property
    def geometry(self) -> dict[str, Any]:
        """A point: of the map, else the middle of the part of town."""
        place, locality = self.cleaned_data["place"], self.cleaned_data["locality"]
        if place:
            return dict(place)
        return {"type": "Point", "coordinates": [round(c, 5) for c in representative_point(locality.outline)]}
