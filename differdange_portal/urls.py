"""The table of contents of the portal. The path words are the same in every language."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from differdange_portal import health, views

urlpatterns = [
    # For machines
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
    # For staff
    path("admin/", admin.site.urls),
    # The way in: the visitor's language
    path("", views.choose_language, name="root"),
]

# For everyone, in five languages
urlpatterns += i18n_patterns(
    path("", views.home, name="home"),
    path("suche/", views.search, name="search"),
    path("leitbild/", include("leitbild.urls")),
    path("", include("step.urls")),
    path("dialog/", include("participation.urls")),
    path("konzeptplan/", include("konzeptplan.urls")),
    path("konto/", include("allauth.account.urls")),
    path("barrierefreiheit/", views.accessibility, name="accessibility"),
    path("datenschutz/", views.privacy, name="privacy"),
    path("impressum/", views.imprint, name="imprint"),
)

handler404 = "differdange_portal.views.not_found"
handler500 = "differdange_portal.views.server_error"
