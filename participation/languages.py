"""In which of the portal's languages a text is written; a proposal that its author can correct."""

from functools import lru_cache

from django.conf import settings
from py3langid.langid import MODEL_FILE, LanguageIdentifier

SHORTEST = 12  # letters; below that, a guess is a coin toss
SURE = 0.6


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    """Read from the package once for each process (about half a second)."""
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([code for code, _name in settings.LANGUAGES])
    return identifier


def detect(text: str) -> str:
    """Code of the language, or an empty string where the text is too short or the answer too unsure."""
    if sum(sign.isalpha() for sign in text) < SHORTEST:
        return ""
    code, probability = _identifier().classify(text)
    return str(code) if probability >= SURE else ""
