"""The Konzeptplan: the dashboard, frozen states, sessions and decisions, exports, and the council's tools.

What has an edition for everyone and one for the council has two addresses, the council's beneath `rat/`.
"""

from django.urls import path

from konzeptplan.figures import Audience
from konzeptplan.views import dashboard, decisions, exports, notes, sessions, snapshots

app_name = "konzeptplan"
PUBLIC, COUNCIL = {"audience": Audience.PUBLIC}, {"audience": Audience.COUNCIL}

urlpatterns = [
    # The dashboard
    path("", dashboard.dashboard, name="dashboard"),
    path("rat/", dashboard.council, name="council"),
    # Frozen states, and what changed between them
    path("staende/", snapshots.snapshots, name="snapshots"),
    path("staende/<int:pk>/", snapshots.snapshot, PUBLIC, name="snapshot"),
    path("staende/<int:pk>/massnahmen/", snapshots.snapshot_list, PUBLIC, name="snapshot_list"),
    path("vergleich/", snapshots.comparison, PUBLIC, name="comparison"),
    path("rat/staende/<int:pk>/", snapshots.snapshot, COUNCIL, name="council_snapshot"),
    path("rat/staende/<int:pk>/massnahmen/", snapshots.snapshot_list, COUNCIL, name="council_snapshot_list"),
    path("rat/vergleich/", snapshots.comparison, COUNCIL, name="council_comparison"),
    # Sessions and decisions
    path("sitzungen/", sessions.sessions, name="sessions"),
    path("sitzungen/<int:pk>/", sessions.session, name="session"),
    path("sitzungen/<int:pk>/tagesordnung/", sessions.agenda, name="agenda"),
    path("sitzungen/<int:pk>/einfrieren/", sessions.freeze, name="freeze"),
    path("beschluesse/", decisions.decisions, name="decisions"),
    path("beschluesse/<int:pk>/", decisions.decision, name="decision"),
    # To take along
    path("exporte/", exports.exports, PUBLIC, name="exports"),
    path("exporte/<str:name>", exports.export, PUBLIC, name="export"),
    path("rat/exporte/", exports.exports, COUNCIL, name="council_exports"),
    path("rat/exporte/<str:name>", exports.export, COUNCIL, name="council_export"),
    # The council's tools
    path("praesentation/", notes.presentation, PUBLIC, name="presentation"),
    path("rat/praesentation/", notes.presentation, COUNCIL, name="council_presentation"),
    path("rat/notizen/", notes.notes, name="notes"),
    path("rat/notizen/massnahme/<slug:code>/", notes.note, name="note_measure"),
    path("rat/notizen/kachel/<slug:tile>/", notes.note, name="note_tile"),
    path("rat/merkliste/<slug:code>/", notes.follow, name="follow"),
    path("link/", notes.share, name="share"),
    path("l/<slug:code>/", notes.link, name="link"),
]
