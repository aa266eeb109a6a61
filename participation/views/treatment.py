"""The office's work: what waits for an answer, splitting, grouping, answering one or many, correcting."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from participation import services
from participation.forms import AnswerForm, AnswersForm, SplitForm
from participation.models import Contribution, Point, Treatment
from participation.models.contributions import ContributionQuerySet
from participation.views.office import PER_PAGE, needs, show
from step.models import Measure

MAX_TOGETHER = 100


@require_safe
@needs("participation.answer")
def answers(request: HttpRequest) -> HttpResponse:
    """What waits for an answer, oldest first; overdue ones are marked; points can be chosen and treated together."""
    today = timezone.localdate()
    visible = Contribution.objects.visible_to(request.user)
    waiting, overdue = visible.untreated().standing_alone(), visible.standing_alone().overdue(today)
    form = AnswersForm(request.GET, person=request.user)
    rows = form.apply(waiting, overdue).for_lists().order_by("published_at", "pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "total": page.paginator.count,
        "form": form,
        "today": today,
        "overdue": overdue.count(),
        "median": Point.objects.visible_to(request.user).median_response(),
        "topics": _open_topics(waiting),
    }
    return render(request, "participation/answers.html", context)


def _open_topics(waiting: ContributionQuerySet) -> list[str]:
    points = Point.objects.filter(contribution__in=waiting.order_by().values("pk"), treatment=None).exclude(topic="")
    return list(points.order_by("topic").values_list("topic", flat=True).distinct()[:50])


@require_http_methods(["GET", "HEAD", "POST"])
@needs("participation.answer")
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a contribution, or some of its points: result, reason, and what it changed."""
    found = get_object_or_404(_answerable(request), pk=pk)
    form = AnswerForm(request.POST or None, person=request.user, near=_near([found]), initial=_initial(found))
    open_points = [point for point in found.points.all() if point.treatment_id is None]
    chosen = _chosen_points(request, open_points)
    if request.method == "POST" and form.is_valid() and _answer_some(request, form, found, chosen):
        messages.success(request, _("Answered. The author can read it now."))
        return redirect("participation:answers")
    context = {"contribution": found, "form": form, "open_points": open_points, "chosen": [p.pk for p in chosen]}
    return render(request, "participation/answer.html", context)


def _answerable(request: HttpRequest) -> ContributionQuerySet:
    return Contribution.objects.visible_to(request.user).published().for_lists()


def _initial(contribution: Contribution) -> dict[str, Any]:
    dialogue = contribution.loop.dialogue if contribution.loop else None
    return {"measure": contribution.measure_id or (dialogue.measure_id if dialogue else None)}


def _near(contributions: list[Contribution]) -> list[Measure]:
    """The measures that the contributions are about: their milestones can be chosen."""
    direct = [row.measure for row in contributions]
    through = [row.loop.dialogue.measure for row in contributions if row.loop and row.loop.dialogue.measure_id]
    return [measure for measure in [*direct, *through] if measure]


def _chosen_points(request: HttpRequest, open_points: list[Point]) -> list[Point]:
    """Those that are ticked; all of them before anything is ticked."""
    if request.method != "POST":
        return open_points
    ticked = set(request.POST.getlist("point"))
    return [point for point in open_points if str(point.pk) in ticked]


def _answer_some(request: HttpRequest, form: AnswerForm, contribution: Contribution, chosen: list[Point]) -> bool:
    """The chosen points, or the whole text where nobody has split it."""
    person: Any = request.user
    try:
        if chosen:
            services.answer_points(points=chosen, by=person, verdict=form.verdict())
        elif contribution.points.all():
            raise ValidationError(_("Choose at least one point that has no answer yet."))
        else:
            services.answer_whole(contribution, person, form.verdict())
    except ValidationError as error:
        show(form, error)
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@needs("participation.answer")
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """Split a contribution into the points that it makes."""
    found = get_object_or_404(_answerable(request), pk=pk)
    form = SplitForm(request.POST or None, contribution=found)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.split(contribution=found, texts=form.texts(), by=request.user)  # type: ignore[arg-type]
        except ValidationError as error:
            show(form, error)
        else:
            told = ngettext("%(n)d open point.", "%(n)d open points.", len(made)) % {"n": len(made)}
            messages.success(request, told)
            return redirect("participation:answer", found.pk)
    answered = [point for point in found.points.all() if point.treatment_id]
    return render(request, "participation/split.html", {"contribution": found, "form": form, "answered": answered})


@require_POST
@needs("participation.answer")
def group(request: HttpRequest) -> HttpResponse:
    """Put the chosen points into a group of equal ones; without a name, take them out."""
    points = _together(request, request.POST.getlist("item"))
    number = services.group(points=points, topic=request.POST.get("topic", ""), by=request.user)  # type: ignore[arg-type]
    if number:
        messages.success(request, ngettext("%(n)d point grouped.", "%(n)d points grouped.", number) % {"n": number})
    else:
        messages.error(request, _("Choose at least one point that has no answer yet."))
    return redirect("participation:answers")


@require_http_methods(["GET", "HEAD", "POST"])
@needs("participation.answer")
def answer_together(request: HttpRequest) -> HttpResponse:
    """One answer for the chosen points, or for all open points of a group."""
    data = request.POST if request.method == "POST" else request.GET
    points = _together(request, data.getlist("item"), data.get("topic", ""))
    if not points:
        messages.error(request, _("Choose at least one point that has no answer yet."))
        return redirect("participation:answers")
    near = _near([point.contribution for point in points])
    form = AnswerForm(request.POST or None, person=request.user, near=near)
    if request.method == "POST" and form.is_valid() and _answer_all(request, form, points):
        number = len(points)
        messages.success(request, ngettext("%(n)d point answered.", "%(n)d points answered.", number) % {"n": number})
        return redirect("participation:answers")
    return render(request, "participation/answer_together.html", {"points": points, "form": form})


def _answer_all(request: HttpRequest, form: AnswerForm, points: list[Point]) -> bool:
    try:
        services.answer_points(points=points, by=request.user, verdict=form.verdict())  # type: ignore[arg-type]
    except ValidationError as error:
        show(form, error)
        return False
    return True


def _together(request: HttpRequest, items: list[str], topic: str = "") -> list[Point]:
    """The open points behind `p17` (a point) and `c4` (a contribution that nobody has split yet), at most a hundred.

    Reading does not write: for `c4` a point is made only when the form is sent.
    """
    waiting = Contribution.objects.visible_to(request.user).untreated().standing_alone()
    wanted = {kind: [int(i[1:]) for i in items if i[:1] == kind and i[1:].isdecimal() and len(i) < 18] for kind in "pc"}
    rows = Point.objects.filter(treatment=None, contribution__in=waiting.order_by().values("pk"))
    rows = rows.filter(topic=topic) if topic and not items else rows.filter(pk__in=wanted["p"])
    points = list(rows.select_related("contribution__loop__dialogue__measure", "contribution__measure")[:MAX_TOGETHER])
    unsplit = waiting.filter(pk__in=wanted["c"][:MAX_TOGETHER], points=None).for_lists()
    for contribution in unsplit:
        made = services.whole(contribution) if request.method == "POST" else [_preview(contribution)]
        points += made
    return points


def _preview(contribution: Contribution) -> Point:
    return Point(contribution=contribution, text=contribution.text)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("participation.answer")
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct an answer; what it said before stays readable."""
    visible = Point.objects.visible_to(request.user).order_by().values("treatment")
    found = get_object_or_404(
        Treatment.objects.filter(pk__in=visible).select_related("unit", "measure").prefetch_related("versions"), pk=pk
    )
    fields = ("result", "reason", "unit", "measure", "milestone", "chapter", "passed_on_to")
    initial = {name: getattr(found, name) for name in fields}
    near = [found.measure] if found.measure else []
    form = AnswerForm(request.POST or None, person=request.user, near=near, initial=initial)
    points = found.points.select_related("contribution__loop__dialogue", "contribution__measure")
    if request.method == "POST" and form.is_valid():
        try:
            services.correct(treatment=found, by=request.user, verdict=form.verdict())  # type: ignore[arg-type]
        except ValidationError as error:
            show(form, error)
        else:
            messages.success(request, _("Corrected. The earlier answer stays readable."))
            return redirect(points[0].contribution)
    return render(request, "participation/correct.html", {"treatment": found, "points": points, "form": form})
