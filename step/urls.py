"""Plans, measures and places."""

from django.urls import path

from step.views import indicators, measures, places, plans, swot

app_name = "step"

urlpatterns = [
    # The eight StEP
    path("step/", plans.plans, name="plans"),
    path("step/<slug:slug>/", plans.plan, name="plan"),
    path("step/<slug:slug>/staerken-schwaechen/", swot.plan_board, name="plan_swot"),
    path("leitbild/indikatoren/", indicators.indicators, name="indicators"),
    path("farben.css", plans.colours, name="colours"),
    # What the city does and plans
    path("massnahmen/", measures.measures, name="measures"),
    path("massnahmen/<slug:code>/", measures.measure, name="measure"),
    path("massnahmen/<slug:code>/verlauf/", measures.measure_history, name="measure_history"),
    # Where
    path("karte/", places.map_page, name="map"),
    path("karte/daten.geojson", places.map_data, name="map_data"),
    path("orte/", places.localities, name="localities"),
    path("orte/<slug:slug>/", places.locality, name="locality"),
    path("orte/<slug:slug>/staerken-schwaechen/", swot.locality_board, name="locality_swot"),
]
