"""Dialog@Differdange."""

from django.urls import path

from participation.views import authors, dialogues, office, people, talking

app_name = "participation"

urlpatterns = [
    # What can be said, and what was said
    path("", dialogues.dialogues, name="dialogues"),
    path("beitraege/", dialogues.contributions, name="contributions"),
    path("beitrag/<int:pk>/", dialogues.contribution, name="contribution"),
    path("aehnlich/", authors.similar, name="similar"),
    path("foto/<str:key>/", authors.photo, name="photo"),
    path("foto/<str:key>/klein/", authors.photo, {"small": True}, name="photo_small"),
    # Talking about a contribution
    path("beitrag/<int:pk>/kommentare/", talking.thread, name="thread"),
    path("beitrag/<int:pk>/kommentieren/", talking.write, name="talk"),
    path("beitrag/<int:pk>/unterstuetzen/", talking.support_contribution, name="support"),
    path("kommentare/<int:pk>/", talking.comment, name="comment"),
    path("kommentare/<int:pk>/unterstuetzen/", talking.support_comment, name="support_comment"),
    path("kommentare/<int:pk>/zurueckziehen/", talking.withdraw, name="withdraw_comment"),
    # Commenting on a record
    path("kommentar/massnahme/<slug:code>/", people.comment_measure, name="comment_measure"),
    path("kommentar/kapitel/<str:number>/", people.comment_chapter, name="comment_chapter"),
    path("kommentar/step/<slug:slug>/", people.comment_plan, name="comment_plan"),
    # What became of mine
    path("beleg/", people.receipt, name="receipt"),
    path("beleg/<str:code>/", people.story, name="story"),
    path("beleg/<str:code>/zurueckziehen/", people.withdraw, name="withdraw"),
    path("beleg/<str:code>/aendern/", authors.edit, name="edit"),
    path("bestaetigen/<str:token>/", authors.confirm, name="confirm"),
    path("meine/", people.mine, name="mine"),
    # For moderators and the office
    path("moderation/", office.moderation, name="moderation"),
    path("moderation/<int:pk>/", office.moderate, name="moderate"),
    path("moderation/kommentare/", talking.moderation, name="comment_moderation"),
    path("moderation/kommentare/<int:pk>/", talking.moderate, name="moderate_comment"),
    path("antworten/", office.answers, name="answers"),
    path("antworten/<int:pk>/", office.answer, name="answer"),
    path("runde/<int:pk>/abschliessen/", office.close, name="close"),
    # A dialogue, last: its short address could be any word
    path("<slug:slug>/", dialogues.dialogue, name="dialogue"),
]
