"""The words, shapes and tones of every tag: a reader who sees no colour loses nothing.

Keys are those of the API; labels are message ids. A tone is a pair of colour tokens of
`theme.css`, a shape a path in a 12 × 12 box, drawn beside the word and hidden from readers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from service.core.text import N_


class Tone(StrEnum):
    """What a tag's colour says; `theme.css` has a pair of tokens for each."""

    STOP = "stop"
    ALARM = "alarm"
    WARN = "warn"
    NOTICE = "notice"
    GOOD = "good"
    NEUTRAL = "neutral"


class Shape(StrEnum):
    """Outlines that stay apart in print and for the colour-blind; the value is the SVG path."""

    SQUARE = "M1 1h10v10H1zM3 5v2h6V5z"
    TRIANGLE = "M6 1l5.5 10H.5z"
    DIAMOND = "M6 .5L11.5 6 6 11.5.5 6z"
    DISC = "M6 1a5 5 0 1 1 0 10A5 5 0 0 1 6 1z"
    HALF = "M6 1a5 5 0 1 1 0 10A5 5 0 0 1 6 1zM6 2.2A3.8 3.8 0 0 0 6 9.8z"
    RING = "M6 1a5 5 0 1 1 0 10A5 5 0 0 1 6 1zM6 2.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7z"
    BAR = "M1 4.5h10v3H1z"
    CROSS = "M2.2 1L6 4.8 9.8 1 11 2.2 7.2 6 11 9.8 9.8 11 6 7.2 2.2 11 1 9.8 4.8 6 1 2.2z"
    TICK = "M4.6 10.2L.8 6.4l1.5-1.5 2.3 2.3L9.8 2l1.5 1.5z"


@dataclass(frozen=True, slots=True)
class Tag:
    """One word that is always shown the same way."""

    label: str
    tone: Tone
    shape: Shape


VERDICTS: Mapping[str, Tag] = {
    "blocked": Tag(N_("Blocked"), Tone.STOP, Shape.SQUARE),
    "high": Tag(N_("High risk"), Tone.ALARM, Shape.TRIANGLE),
    "medium": Tag(N_("Medium risk"), Tone.WARN, Shape.DIAMOND),
    "low": Tag(N_("Low risk"), Tone.NOTICE, Shape.DISC),
    "no_conflict_found": Tag(N_("No conflict found"), Tone.GOOD, Shape.TICK),
    "not_searched": Tag(N_("Not searched"), Tone.NEUTRAL, Shape.RING),
}
COVERAGE: Mapping[str, Tag] = {
    "complete": Tag(N_("All binding registers searched"), Tone.GOOD, Shape.DISC),
    "partial": Tag(N_("Some binding registers not searched"), Tone.WARN, Shape.HALF),
    "none": Tag(N_("No binding register searched"), Tone.NEUTRAL, Shape.RING),
}
DEGREES: Mapping[str, Tag] = {
    "identical": Tag(N_("Identical"), Tone.STOP, Shape.SQUARE),
    "high": Tag(N_("High likeness"), Tone.ALARM, Shape.TRIANGLE),
    "average": Tag(N_("Average likeness"), Tone.WARN, Shape.DIAMOND),
    "low": Tag(N_("Low likeness"), Tone.NOTICE, Shape.DISC),
    "none": Tag(N_("No likeness"), Tone.NEUTRAL, Shape.RING),
}
STATUSES: Mapping[str, Tag] = {
    "filed": Tag(N_("Filed"), Tone.NOTICE, Shape.HALF),
    "published": Tag(N_("Published"), Tone.NOTICE, Shape.HALF),
    "opposed": Tag(N_("Opposed"), Tone.WARN, Shape.DIAMOND),
    "registered": Tag(N_("Registered"), Tone.GOOD, Shape.DISC),
    "expired": Tag(N_("Expired"), Tone.NEUTRAL, Shape.RING),
    "cancelled": Tag(N_("Cancelled"), Tone.NEUTRAL, Shape.CROSS),
    "refused": Tag(N_("Refused"), Tone.NEUTRAL, Shape.CROSS),
    "withdrawn": Tag(N_("Withdrawn"), Tone.NEUTRAL, Shape.BAR),
    "unknown": Tag(N_("Status unknown, counts as live"), Tone.WARN, Shape.HALF),
    "loading": Tag(N_("Loading"), Tone.NOTICE, Shape.HALF),
    "complete": Tag(N_("Complete"), Tone.GOOD, Shape.DISC),
    "partial": Tag(N_("Partial"), Tone.WARN, Shape.HALF),
    "failed": Tag(N_("Failed"), Tone.ALARM, Shape.CROSS),
    "never_loaded": Tag(N_("Never loaded"), Tone.NEUTRAL, Shape.RING),
    "stale": Tag(N_("Out of date"), Tone.WARN, Shape.DIAMOND),
}
"""Of marks, and of register editions. Other modules pass their own `Tag` to `ui.tag`."""
PROVISIONAL = Tag(N_("Provisional"), Tone.WARN, Shape.HALF)
NOT_RESEARCHED = Tag(N_("Not researched"), Tone.NEUTRAL, Shape.RING)
CONFIDENCE: Mapping[str, Tag] = {
    "memory": Tag(N_("Not checked against the source"), Tone.WARN, Shape.DIAMOND),
    "conflict": Tag(N_("Sources disagree"), Tone.ALARM, Shape.TRIANGLE),
}
"""Badges of deadlines: see `views.Deadline`."""
