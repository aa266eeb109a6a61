"""The public register of answers, as a page and as files."""

from pathlib import Path

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from common import pdf, spreadsheet
from participation import throttle
from participation.models import Contribution, Point
from participation.register import HEAD, document, register_for, table, visible_measures

PER_PAGE = 20
PDF_LIMIT = 500  # answers; some hundred pages
EXPORTS_PER_HOUR = 60
TEMPLATE = Path(__file__).resolve().parent.parent / "documents" / "register.typ"
WIDTHS = (12, 30, 50, 9, 18, 60, 30, 24, 40, 40)


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Every answered point: what was asked, what became of it, why, who says so, and what it changed."""
    filters = register_for(request)
    page = Paginator(filters.qs.for_register(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "page_obj": page,
        "total": page.paginator.count,
        "median": Point.objects.visible_to(request.user).median_response(),
        "open_count": Contribution.objects.visible_to(request.user).untreated().count(),
        "seen": visible_measures(request),
        "query": request.GET.urlencode(),
    }
    return render(request, "participation/register.html", context)


@require_safe
def register_file(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The same rows as the page with the same filters, as XLSX, CSV or PDF."""
    if kind not in {"xlsx", "csv", "pdf"}:
        raise Http404
    if not throttle.allows(request, "export", EXPORTS_PER_HOUR):
        text = _("Many files were fetched from here within the hour. Please try again later.")
        return HttpResponse(text, status=429, content_type="text/plain; charset=utf-8")
    points = register_for(request).qs
    head = [str(name) for name in HEAD]
    response: HttpResponseBase
    if kind == "csv":
        lines = spreadsheet.csv_lines(head, table(request, points))
        response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    elif kind == "xlsx":
        book = spreadsheet.xlsx(_("Register of answers"), head, table(request, points), WIDTHS)
        response = HttpResponse(book, content_type=spreadsheet.XLSX)
    else:
        content = pdf.render(TEMPLATE, document(request, points, PDF_LIMIT), language=(get_language() or "de")[:2])
        response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="register.{kind}"'
    return response
