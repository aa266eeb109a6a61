"""Plans, measures and places."""

from django.urls import path

from step.views import measures, places, plans

app_name = "step"

urlpatterns = [
    # The eight StEP
    path("step/", plans.plans, name="plans"),
    path("step/<slug:slug>/", plans.plan, name="plan"),
    path("farben.css", plans.colours, name="colours"),
    # What the city does and plans
    path("massnahmen/", measures.measures, name="measures"),
    path("massnahmen/<slug:code>/", measures.measure, name="measure"),
    # Where
    path("karte/", places.map_page, name="map"),
    path("karte/daten.geojson", places.map_data, name="map_data"),
    path("orte/", places.localities, name="localities"),
    path("orte/<slug:slug>/", places.locality, name="locality"),
]
