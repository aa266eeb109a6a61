"""The colours of the 17 goals as a stylesheet, with text that can be read on each of them."""

from collections.abc import Iterable

from leitbild.models import Sdg


def ink_on(colour: str) -> str:
    """Black or white, whichever contrasts more with `#RRGGBB` (WCAG 2.1); always at least 4.58 : 1."""
    return "#000" if luminance(colour) > 0.179 else "#fff"


def luminance(colour: str) -> float:
    """Relative luminance of `#RRGGBB` after WCAG 2.1, 0 (black) to 1 (white)."""
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def stylesheet(sdgs: Iterable[Sdg]) -> str:
    """`--sdg` and `--sdg-ink` for each goal. Colours are checked on entry; one that is none is left out."""
    rules = [
        f".sdg-{sdg.number}{{--sdg:{sdg.colour};--sdg-ink:{ink_on(sdg.colour)}}}"
        for sdg in sdgs
        if len(sdg.colour) == 7 and set(sdg.colour[1:]) <= set("0123456789abcdefABCDEF")
    ]
    return "\n".join(rules) + "\n"
