"""The dashboard: for everyone, and for the council."""

from django.urls import path

from konzeptplan import views

app_name = "konzeptplan"
urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("rat/", views.council, name="council"),
]
