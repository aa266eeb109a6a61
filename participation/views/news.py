"""News for a person, on the portal."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from participation import wording
from participation.models import Notification

PER_PAGE = 30


@require_safe
@never_cache
@login_required
def news(request: HttpRequest) -> HttpResponse:
    """What happened with what I said, supported or follow; newest first."""
    rows = Notification.objects.inbox(request.user)  # type: ignore[arg-type]
    page = Paginator(rows.for_lists(), PER_PAGE).get_page(request.GET.get("page"))
    told = [{"news": one, "text": wording.sentence(one), "url": wording.page(one)} for one in page]
    context = {"page_obj": page, "told": told, "unread": rows.unread().count()}
    return render(request, "participation/news.html", context)


@require_POST
@login_required
def mark_read(request: HttpRequest) -> HttpResponse:
    """One piece of news, or all of them."""
    rows = Notification.objects.inbox(request.user).unread()  # type: ignore[arg-type]
    if (pk := request.POST.get("news", "")).isdecimal():
        rows = rows.filter(pk=int(pk) if len(pk) < 19 else 0)
    rows.update(read_at=timezone.now())
    return redirect("participation:news")
