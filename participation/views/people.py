"""For those who contribute: comments on records, receipts, and what became of mine."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leitbild.models import Chapter
from participation import services, throttle
from participation.forms import ReceiptForm
from participation.models import Contribution, Publication
from participation.views.sending import form_for, send
from step.models import Measure, Plan

PER_PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
def comment_measure(request: HttpRequest, code: str) -> HttpResponse:
    measure = get_object_or_404(Measure.objects.visible_to(request.user), code=code.upper())
    return _comment(request, measure=measure)


@require_http_methods(["GET", "HEAD", "POST"])
def comment_chapter(request: HttpRequest, number: str) -> HttpResponse:
    return _comment(request, chapter=get_object_or_404(Chapter, number=number))


@require_http_methods(["GET", "HEAD", "POST"])
def comment_plan(request: HttpRequest, slug: str) -> HttpResponse:
    return _comment(request, plan=get_object_or_404(Plan, slug=slug))


def _comment(request: HttpRequest, **context: Measure | Chapter | Plan) -> HttpResponse:
    form = form_for(request)
    if request.method == "POST" and (answer := send(request, form, **context)):
        return answer
    (record,) = context.values()
    return render(request, "participation/comment.html", {"form": form, "record": record})


@require_safe
@never_cache
def receipt(request: HttpRequest) -> HttpResponse:
    """Look up what became of a contribution by its receipt code."""
    form = ReceiptForm(request.GET if "code" in request.GET else None)
    if form.is_valid():
        code = form.cleaned_data["code"]
        if not throttle.allows(request, "receipt", throttle.LOOKUPS_PER_HOUR):
            form.add_error(None, _("Many codes were tried from here within the hour. Please try again later."))
        elif Contribution.objects.filter(receipt_code=code).exists():
            return redirect("participation:story", code)
        else:
            form.add_error("code", _("There is no contribution with this code. Please check each character."))
    return render(request, "participation/receipt.html", {"form": form})


@require_safe
@never_cache
def story(request: HttpRequest, code: str) -> HttpResponse:
    """The whole story for whoever holds the receipt: received, published or not and why, answered, what it changed."""
    if not throttle.allows(request, "receipt", throttle.LOOKUPS_PER_HOUR):
        messages.error(request, _("Many codes were tried from here within the hour. Please try again later."))
        return redirect("participation:receipt")
    found = get_object_or_404(Contribution.objects.for_lists(), receipt_code=code)
    context = {"contribution": found, "decisions": found.decisions.all(), "is_author": True, "holds_receipt": True}
    return render(request, "participation/contribution.html", context)


@require_POST
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    found = get_object_or_404(Contribution, receipt_code=code)
    try:
        services.withdraw(contribution=found)
        messages.success(request, _("Your contribution has been withdrawn. Nobody else can read it any more."))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("participation:story", code)


@require_safe
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """What I contributed, and what became of it."""
    rows = Contribution.objects.filter(author_id=request.user.pk).for_lists()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "participation/mine.html", {"page_obj": page, "publications": Publication})
