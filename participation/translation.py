"""What staff write about dialogues, in five languages. What citizens write keeps its own."""

from modeltranslation.translator import TranslationOptions, register

from participation import models


@register(models.Dialogue)
class DialogueTranslation(TranslationOptions):
    fields = (
        "title",
        "summary",
        "body",
        "can_influence",
        "cannot_influence",
        "decided_by",
        "decision_expected",
        "place",
    )


@register(models.Loop)
class LoopTranslation(TranslationOptions):
    fields = ("phase", "invited", "summary")


@register(models.Question)
class QuestionTranslation(TranslationOptions):
    fields = ("text", "help")


@register(models.Poll)
class PollTranslation(TranslationOptions):
    fields = ("title", "intro")


@register(models.PollQuestion)
class PollQuestionTranslation(TranslationOptions):
    fields = ("text", "help", "low_label", "high_label")


@register(models.PollOption)
class PollOptionTranslation(TranslationOptions):
    fields = ("label",)


@register(models.Event)
class EventTranslation(TranslationOptions):
    fields = ("title", "summary", "body", "place", "access_note", "minutes")
