"""The dashboard: for everyone, and for the council."""

from django.urls import path

from konzeptplan.views import dashboard

app_name = "konzeptplan"
urlpatterns = [
    path("", dashboard.dashboard, name="dashboard"),
    path("rat/", dashboard.council, name="council"),
]
