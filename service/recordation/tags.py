"""How the states of recordation are shown: word, shape and colour, never colour alone."""

from collections.abc import Mapping

from service.core.text import N_
from service.recordation.usecases.ways import FILING
from service.rules.authorities import Standing, When
from service.rules.authorities.showing import STANDING_NAMES
from service.ui.tags import Shape, Tag, Tone

STANDINGS: Mapping[Standing, Tag] = {
    Standing.FULL: Tag(STANDING_NAMES["full"], Tone.GOOD, Shape.DISC),
    Standing.PARTIAL: Tag(STANDING_NAMES["partial"], Tone.NOTICE, Shape.HALF),
    Standing.NONE: Tag(STANDING_NAMES["none"], Tone.WARN, Shape.BAR),
    Standing.NOT_RESEARCHED: Tag(STANDING_NAMES["not_researched"], Tone.NEUTRAL, Shape.RING),
}
WHEN_NAMES: Mapping[When, str] = {
    When.ALWAYS: N_("always"),
    When.AGENT: N_("where an agent files"),
    When.FOREIGN: N_("for a foreign holder"),
    When.LICENCE: N_("where others are authorised to use it"),
    When.COPYRIGHT: N_("for copyright"),
    When.PATENT: N_("for patents"),
    When.IF_KNOWN: N_("if there is any"),
}
STATUS_TAGS: Mapping[str, Tag] = {key: state.tag for key, state in FILING.states.items()}
"""Of filings, by status."""
