"""Dialog@Differdange."""

from django.urls import path

from participation.views import (
    appealing,
    authors,
    dialogues,
    events,
    feeds,
    following,
    invitations,
    moderating,
    news,
    office,
    people,
    polls,
    register,
    talking,
    treatment,
)

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
    path("beleg/<str:code>/name-loeschen/", people.forget_me, name="forget_me"),
    path("meine/", people.mine, name="mine"),
    path("beleg/<str:code>/widerspruch/", appealing.appeal, name="appeal"),
    path("beleg/<str:code>/aendern/", authors.edit, name="edit"),
    path("bestaetigen/<str:token>/", authors.confirm, name="confirm_contribution"),
    # What became of everything
    path("register/", register.register, name="register"),
    path("register/datei.<slug:kind>", register.register_file, name="register_file"),
    path("moderation/zahlen/", moderating.figures, name="figures"),
    path("wann/", invitations.due, name="due"),
    # Something is wrong with it
    path("beitrag/<int:pk>/melden/", appealing.flag, name="flag"),
    # Events
    path("termine/", events.events, name="events"),
    path("termine/kalender.ics", events.feed, name="event_feed"),
    path("termine/<int:year>/<int:number>/", events.month, name="event_month"),
    path("termine/<int:pk>/", events.event, name="event"),
    path("termine/<int:pk>/termin.ics", events.event_ics, name="event_ics"),
    path("anmeldung/<str:token>/", events.registration, name="registration"),
    # Polls
    path("umfrage/<int:pk>/", polls.poll, name="poll"),
    path("umfrage/<int:pk>/link/", polls.poll_link, name="poll_link"),
    path("umfrage/<int:pk>/link/<str:token>/", polls.poll_confirm, name="poll_confirm"),
    path("umfrage/<int:pk>/ergebnis/", polls.poll_results, name="poll_results"),
    path("umfrage/<int:pk>/texte/", polls.poll_texts, name="poll_texts"),
    path("umfrage/<int:pk>/export/<str:kind>/", polls.poll_export, name="poll_export"),
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
    # For moderators
    path("moderation/", moderating.moderation, name="moderation"),
    path("moderation/<int:pk>/", moderating.moderate, name="moderate"),
    path("moderation/kommentare/", talking.moderation, name="comment_moderation"),
    path("moderation/kommentare/<int:pk>/", talking.moderate, name="moderate_comment"),
    path("widersprueche/", moderating.appeals, name="appeals"),
    path("widersprueche/<int:pk>/", moderating.decide_appeal, name="decide_appeal"),
    path("beitrag/<int:pk>/zusammenfuehren/", moderating.merge, name="merge"),
    path("beitrag/<int:pk>/trennen/", moderating.unmerge, name="unmerge"),
    # For the office
    path("antworten/", treatment.answers, name="answers"),
    path("antworten/gruppe/", treatment.group, name="group"),
    path("antworten/gemeinsam/", treatment.answer_together, name="answer_together"),
    path("antworten/<int:pk>/", treatment.answer, name="answer"),
    path("antworten/<int:pk>/punkte/", treatment.split, name="split"),
    path("antworten/<int:pk>/korrigieren/", treatment.correct, name="correct"),
    path("runde/<int:pk>/abschliessen/", office.close, name="close"),
    # A dialogue, last: its short address could be any word
    path("<slug:slug>/", dialogues.dialogue, name="dialogue"),
    path("<slug:slug>/einladung/", invitations.invitation, name="invitation"),
]
