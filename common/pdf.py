"""Documents as tagged PDF (PDF/UA-1), set by typst.

What people typed reaches a document only as data (`sys.inputs.data`, JSON): it is never part of the markup, so no
text can become a command.
"""

import json
from pathlib import Path
from typing import Any

import typst


def render(template: Path, data: dict[str, Any], *, language: str) -> bytes:
    """The PDF of a typst template. It reads `json(bytes(sys.inputs.data))` and sets `text(lang: sys.inputs.lang)`.

    The template must set a title and give every picture an alternative text; typst refuses it otherwise.
    """
    pdf: bytes = typst.compile(
        str(template),
        root=str(template.parent),
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"data": json.dumps(data, default=str), "lang": language},
    )
    return pdf
