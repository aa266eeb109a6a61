"""Fields of the decisions in five languages."""

from modeltranslation.translator import TranslationOptions, register

from konzeptplan.models import Decision, Session


@register(Session)
class SessionOptions(TranslationOptions):
    fields = ("note",)


@register(Decision)
class DecisionOptions(TranslationOptions):
    fields = ("title", "text")
