"""What staff write about dialogues, in five languages. What citizens write keeps its own."""

from modeltranslation.translator import TranslationOptions, register

from participation import models


@register(models.Dialogue)
class DialogueTranslation(TranslationOptions):
    fields = ("title", "summary", "body", "can_influence", "cannot_influence", "decided_by")


@register(models.Loop)
class LoopTranslation(TranslationOptions):
    fields = ("phase", "invited", "summary")


@register(models.Question)
class QuestionTranslation(TranslationOptions):
    fields = ("text", "help")
