"""Triggers and facts as people and programs write them."""

from collections.abc import Iterable
from datetime import date, datetime

from service.core.text import N_
from service.rules.errors import FactRefused

DAY_LENGTH = len("2026-09-30")


def read_trigger(text: str) -> date | datetime:
    """Return the day or moment a text names.

    Raises:
        FactRefused: it is neither a date nor a time of ISO 8601.
    """
    try:
        is_day = len(text) <= DAY_LENGTH
        return date.fromisoformat(text) if is_day else datetime.fromisoformat(text)
    except ValueError as error:
        raise FactRefused(
            N_("“{value}” is not a date. Write 2026-09-30 or 2026-09-30T17:00+08:00."),
            fact="trigger",
            value=text,
        ) from error


def read_facts(pairs: Iterable[str]) -> dict[str, str]:
    """Return facts from `NAME=VALUE` texts.

    Raises:
        FactRefused: a text has no `=`, or a name comes twice.
    """
    facts: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name or name in facts:
            raise FactRefused(
                N_("“{value}” is not NAME=VALUE, or its name is given twice."),
                fact=name,
                value=pair,
            )
        facts[name] = value
    return facts
