"""The knowledge base: guidance by market and topic, in both languages, resting on rules only.

Entries are data files. What they say of periods, fees and articles they do not say themselves: the
rules they name say it, as the library has it on the day of reading, with basis, source and date.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field

from service.core.errors import NotFound
from service.core.text import N_
from service.rules.book import RuleBook
from service.rules.schema import Text
from service.station.facts import Fact, fact_of

FOLDER = Path(__file__).parent / "data" / "knowledge"
TOPICS = {
    "recordation": N_("Customs recordation"),
    "detention": N_("Detained goods"),
    "opposition": N_("Opposition"),
    "platform": N_("Complaint on a platform"),
    "suit": N_("Suit abroad"),
    "mediation": N_("Mediation and judicial confirmation"),
    "enforcement": N_("Administrative enforcement"),
    "domain": N_("Domain names"),
    "filing": N_("Filing abroad"),
}
Key = Annotated[str, Field(pattern=r"^[A-Za-z0-9-]+$")]


class Guidance(BaseModel):
    """One entry as it is written in a data file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Key
    market: Annotated[str, Field(pattern=r"^([A-Z]{2}|any)$")]
    topic: Key
    title: Text
    text: Text
    rules: Annotated[tuple[Key, ...], Field(min_length=1)]
    checked: date

    def search_text(self) -> str:
        """Return all words by which it is found, folded."""
        parts = (self.title.zh, self.title.en, self.text.zh, self.text.en, self.market, self.topic)
        return " ".join(parts).casefold()


@dataclass(frozen=True, slots=True)
class Told:
    """An entry with what its rules say today."""

    entry: Guidance
    facts: Sequence[Fact]

    @property
    def checked(self) -> date:
        """The oldest day on which any of it was checked."""
        return min([self.entry.checked, *(fact.checked for fact in self.facts)])

    def full_text(self, language: str) -> str:
        """Return the whole guidance in `zh` or `en`: text, rules, sources, date."""
        lines = [getattr(self.entry.text, language).strip()]
        for fact in self.facts:
            said = getattr(fact.text, language)
            unsure = {"zh": "（待核实）", "en": " (not confirmed)"}[language]
            lines.append(f"- {said} [{fact.basis}]{'' if fact.sure else unsure}")
        ends = {
            "zh": f"核查日期：{self.checked}。本答复为信息指引，不构成法律意见。",
            "en": f"Checked on {self.checked}. This is information, not legal advice.",
        }
        return "\n".join([*lines, ends[language]])


@lru_cache(maxsize=1)
def entries() -> dict[str, Guidance]:
    """Return every entry by id; a doubled id, or a file of another form, is an error at once."""
    found: dict[str, Guidance] = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        for row in yaml.safe_load(path.read_text("utf-8")):
            entry = Guidance.model_validate(row)
            if entry.id in found or entry.topic not in TOPICS:
                raise ValueError(f"{path.name}: {entry.id} is doubled, or its topic unknown")
            found[entry.id] = entry
    return found


def told(entry_id: str, book: RuleBook, on: date) -> Told:
    """Return one entry with what its rules say on a day.

    Raises:
        NotFound: there is none.
    """
    entry = entries().get(entry_id)
    if entry is None:
        raise NotFound(N_("There is no such guidance."))
    return Told(entry, [fact_of(rule, book, on) for rule in entry.rules])


def search(text: str = "", *, market: str = "", topic: str = "") -> list[Guidance]:
    """Return the entries that hold every word asked for, those that say it in the title first."""
    words = text.casefold().split()
    found = [
        entry
        for entry in entries().values()
        if (not market or entry.market in {market.upper(), "any"})
        and (not topic or entry.topic == topic)
        and all(word in entry.search_text() for word in words)
    ]
    return sorted(found, key=lambda entry: (-_in_title(entry, words), entry.id))


def _in_title(entry: Guidance, words: Sequence[str]) -> int:
    title = f"{entry.title.zh} {entry.title.en}".casefold()
    return sum(word in title for word in words)
