"""The guideline: document, vision, frame, people."""

from django.urls import path, register_converter

from leitbild.views import document, frame, vision


class ChapterNumber:
    """A chapter as printed: 08 or 08.3."""

    regex = "[0-9A-Za-z.]{1,8}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(ChapterNumber, "chapter")

app_name = "leitbild"

urlpatterns = [
    path("", document.index, name="index"),
    # The document
    path("kapitel/<chapter:number>/", document.chapter, name="chapter"),
    path("glossar/", document.glossary, name="glossary"),
    path("quellen/", document.references, name="references"),
    # What the city wants
    path("ziele/", vision.goals, name="goals"),
    path("ziele/<slug:slug>/", vision.goal, name="goal"),
    path("handlungsfelder/", vision.action_fields, name="action_fields"),
    path("marke/", vision.brand, name="brand"),
    # The frame that others set
    path("sdg/", frame.sdgs, name="sdgs"),
    path("sdg/<int:number>/", frame.sdg, name="sdg"),
    path("leipzig-charta/", frame.leipzig, name="leipzig"),
    path("instrumente/", frame.instruments, name="instruments"),
    path("farben.css", frame.colours, name="colours"),
    # Who does what
    path("organisation/", document.organisation, name="organisation"),
]
