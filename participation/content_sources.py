"""Where the first dialogue lies."""

from pathlib import Path

from leitbild.loading import Source
from participation.models import Dialogue, Loop, Question

FOLDER = Path(__file__).parent / "content"

SOURCES = [
    Source(Dialogue, FOLDER, "dialogues.yaml", ("slug",)),
    Source(Loop, FOLDER, "loops.yaml", ("dialogue", "position")),
    Source(Question, FOLDER, "questions.yaml", ("dialogue", "position")),
]
