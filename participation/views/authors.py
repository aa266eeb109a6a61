"""While writing, and afterwards: what is similar, confirming an address, changing one's words, photos."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from participation import services, throttle
from participation.forms import EditForm
from participation.models import Contribution, Photo
from participation.services.confirming import contribution_of
from participation.similar import Similar, similar_to
from participation.views.sending import RECEIPTS, remember, show


@require_POST
def similar(request: HttpRequest) -> HttpResponse:
    """What resembles the text so far: a fragment for the form, asked for while somebody writes."""
    allowed = throttle.allows(request, "similar", throttle.SIMILAR_PER_HOUR)
    found = similar_to(request.POST.get("text", ""), request.user) if allowed else Similar()
    return render(request, "participation/similar.html", {"similar": found})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the mail. It takes a click on the page, because mail programs open links by themselves."""
    try:
        if request.method == "POST":
            confirmed = services.confirm_contribution(token=token)
            remember(request, confirmed.receipt_code)
            messages.success(request, _("Thank you. Your e-mail address is confirmed."))
            return redirect("participation:story", confirmed.receipt_code)
        context = {"contribution": contribution_of(token)}
    except ValidationError as error:
        return render(request, "participation/confirm_contribution.html", {"problem": error.messages[0]}, status=410)
    return render(request, "participation/confirm_contribution.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Whoever holds the receipt changes the words, or the language that the portal took them for."""
    if not throttle.allows(request, "receipt", throttle.LOOKUPS_PER_HOUR):
        messages.error(request, _("Many codes were tried from here within the hour. Please try again later."))
        return redirect("participation:receipt")
    found = get_object_or_404(Contribution.objects.for_lists(), receipt_code=code)
    why_not = services.why_not_editable(found)
    form = EditForm(request.POST if request.method == "POST" else None, instance=found)
    if request.method == "POST" and form.is_valid():
        text, language = form.cleaned_data["text"], form.cleaned_data["language"]
        try:
            services.edit_contribution(contribution=found, text=text, language=language)
        except ValidationError as error:
            show(form, error)
        else:
            messages.success(request, _("Your change is saved."))
            return redirect("participation:story", code)
    return render(request, "participation/edit.html", {"contribution": found, "form": form, "why_not": why_not})


@require_safe
def photo(request: HttpRequest, key: str, small: bool = False) -> FileResponse:
    """A photo, for whoever may read its contribution; nothing is left in shared caches."""
    found = get_object_or_404(Photo.objects.select_related("contribution"), key=key)
    holds_receipt = found.contribution.receipt_code in request.session.get(RECEIPTS, [])
    if not holds_receipt and not Photo.objects.visible_to(request.user).filter(pk=found.pk).exists():
        raise Http404
    file = found.thumbnail if small else found.image
    try:
        response = FileResponse(file.open("rb"), content_type="image/jpeg")
    except FileNotFoundError as error:
        raise Http404 from error
    response["Cache-Control"] = "private, max-age=300"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
