"""Up to three photos beside a contribution, each with words for those who cannot see it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.images import ACCEPT, CleanImage, clean_image
from participation.models.photos import MAX_PHOTOS
from participation.services import NewPhoto


class PhotoForm(forms.Form):
    image = forms.FileField(
        label=_("Photo"), required=False, widget=forms.FileInput(attrs={"accept": ACCEPT, "class": "form-control"})
    )
    alt = forms.CharField(
        label=_("What does the photo show?"),
        max_length=200,
        required=False,
        help_text=_("One sentence, for people who cannot see it."),
    )

    def clean_image(self) -> CleanImage | None:
        """The photo written anew; no byte of the file that was sent is kept."""
        upload = self.cleaned_data["image"]
        return clean_image(upload) if upload else None

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("image") and not data.get("alt", "").strip():
            self.add_error("alt", _("Please say in one sentence what the photo shows."))
        return data


PhotoFormSet = forms.formset_factory(PhotoForm, extra=MAX_PHOTOS, max_num=MAX_PHOTOS, validate_max=True)
PREFIX = "photos"


def photo_forms(data: Any, files: Any) -> Any:
    """The forms for photos; not bound where nothing was sent about photos at all."""
    if f"{PREFIX}-TOTAL_FORMS" in data:
        return PhotoFormSet(data, files, prefix=PREFIX)
    return PhotoFormSet(prefix=PREFIX)


def photos_of(formset: Any) -> list[NewPhoto]:
    """The photos of a valid formset; none of one that is not bound."""
    sent = [form.cleaned_data for form in formset if formset.is_bound]
    return [NewPhoto(data["image"], data["alt"].strip()) for data in sent if data.get("image")]
