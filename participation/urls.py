"""Dialog@Differdange."""

from django.urls import path

from participation.views import dialogues, office, people

app_name = "participation"

urlpatterns = [
    # What can be said, and what was said
    path("", dialogues.dialogues, name="dialogues"),
    path("beitraege/", dialogues.contributions, name="contributions"),
    path("beitrag/<int:pk>/", dialogues.contribution, name="contribution"),
    # Commenting on a record
    path("kommentar/massnahme/<slug:code>/", people.comment_measure, name="comment_measure"),
    path("kommentar/kapitel/<str:number>/", people.comment_chapter, name="comment_chapter"),
    path("kommentar/step/<slug:slug>/", people.comment_plan, name="comment_plan"),
    # What became of mine
    path("beleg/", people.receipt, name="receipt"),
    path("beleg/<str:code>/", people.story, name="story"),
    path("beleg/<str:code>/zurueckziehen/", people.withdraw, name="withdraw"),
    path("meine/", people.mine, name="mine"),
    # For moderators and the office
    path("moderation/", office.moderation, name="moderation"),
    path("moderation/<int:pk>/", office.moderate, name="moderate"),
    path("antworten/", office.answers, name="answers"),
    path("antworten/<int:pk>/", office.answer, name="answer"),
    path("runde/<int:pk>/abschliessen/", office.close, name="close"),
    # A dialogue, last: its short address could be any word
    path("<slug:slug>/", dialogues.dialogue, name="dialogue"),
]
