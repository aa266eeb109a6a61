"""Dialog@Differdange."""

from django.urls import path

from participation.views import dialogues, feeds, following, news, office, people

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
    path("beleg/<str:code>/name-loeschen/", people.forget_me, name="forget_me"),
    path("meine/", people.mine, name="mine"),
    # Following, and what is new
    path("folgen/umkreis/", following.follow_place, name="follow_place"),
    path("folgen/<slug:kind>/<int:pk>/", following.follow, name="follow"),
    path("abos/", following.subscriptions, name="subscriptions"),
    path("abos/<int:pk>/", following.set_frequency, name="set_frequency"),
    path("abos/<int:pk>/beenden/", following.unfollow, name="unfollow"),
    path("abos/bestaetigen/<str:token>/", following.confirm, name="confirm"),
    path("abmelden/<str:token>/", following.unsubscribe, name="unsubscribe"),
    path("neuigkeiten/", news.news, name="news"),
    path("neuigkeiten/gelesen/", news.mark_read, name="mark_read"),
    # The same for feed readers
    path("neuigkeiten.atom", feeds.AllNews(), name="feed"),
    path("feeds/<slug:kind>/<str:key>.atom", feeds.RecordNews(), name="record_feed"),
    # For moderators and the office
    path("moderation/", office.moderation, name="moderation"),
    path("moderation/<int:pk>/", office.moderate, name="moderate"),
    path("antworten/", office.answers, name="answers"),
    path("antworten/<int:pk>/", office.answer, name="answer"),
    path("runde/<int:pk>/abschliessen/", office.close, name="close"),
    # A dialogue, last: its short address could be any word
    path("<slug:slug>/", dialogues.dialogue, name="dialogue"),
]
