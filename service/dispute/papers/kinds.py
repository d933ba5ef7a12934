"""The kinds of papers, read once from `data/papers.yaml`; what is not understood is refused."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType

from pydantic import BaseModel, ConfigDict, Field

from service.cases.domain import Audience
from service.dispute.domain import ServiceLine, TrackKind
from service.dispute.models import Track
from service.dispute.papers.facts import FACTS
from service.identity.permissions import OrganisationKind
from service.rules.schema import Text
from service.rules.yaml_files import must_know, parse, read_yaml

FILE = Path(__file__).parent.parent / "data" / "papers.yaml"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Ask(_Strict):
    """What is typed when the paper is made: the case does not know it."""

    key: str
    label: Text
    rows: int = 0
    """Lines of its field; 0: one."""
    required: bool = False


class Section(_Strict):
    """A part of the paper: facts of the case, what was typed, fixed sentences."""

    title: Text
    facts: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    text: tuple[Text, ...] = ()


class Need(_Strict):
    """When the volume asks for the paper."""

    ends: frozenset[str] = frozenset()
    """Statuses of its track."""
    begun: bool = False
    """Only where the body has given the track a number."""
    lines: frozenset[ServiceLine] = frozenset()
    """Services of the case, for papers of the case as a whole."""


class PaperKind(_Strict):
    """A kind of paper: title, where it belongs, who makes it, what it says, who signs."""

    key: str
    title: Text
    tracks: frozenset[TrackKind] = frozenset()
    """None: a paper of the case as a whole."""
    only: Mapping[str, frozenset[str]] = Field(default_factory=dict)
    never: Mapping[str, frozenset[str]] = Field(default_factory=dict)
    """Answers of the track with which it is offered only, or not at all."""
    makers: frozenset[OrganisationKind]
    accredited: bool = False
    """Made only by the people of the accredited body the track was referred to."""
    audience: Audience = Audience.ALL
    slot: str = ""
    """Papers of one slot stand in for one another."""
    needed: Need | None = None
    required: tuple[str, ...] = ()
    """Facts without which it is not made."""
    asks: tuple[Ask, ...] = ()
    sections: tuple[Section, ...]
    signs: tuple[str, ...] = ()
    basis: Text | None = None
    """The law its sentences tell."""

    def fits(self, track: Track | None) -> bool:
        """Say whether it belongs to this track; to the case as a whole, for None."""
        if track is None or not self.tracks:
            return track is None and not self.tracks
        detail = track.detail
        return (
            track.kind in self.tracks
            and all(detail.get(name, "") in among for name, among in self.only.items())
            and not any(detail.get(name, "") in among for name, among in self.never.items())
        )

    def needed_for(self, track: Track | None, line: ServiceLine) -> bool:
        """Say whether the volume asks for it, as the track or the case stands."""
        if self.needed is None or not self.fits(track):
            return False
        if track is None:
            return line in self.needed.lines
        return track.status in self.needed.ends and (bool(track.number) or not self.needed.begun)


@cache
def paper_kinds() -> Mapping[str, PaperKind]:
    """Return every kind of paper by its key, in the order of the file.

    Raises:
        RuleDataRefused: the file holds what is not understood.
    """
    content = read_yaml(FILE)
    kinds: dict[str, PaperKind] = {}
    for row in content["papers"]:
        kind = parse(PaperKind, row, FILE.name, str(row.get("key", "-")))
        must_know(kind.key not in kinds, FILE.name, kind.key, "second entry of", kind.key)
        _check(kind)
        kinds[kind.key] = kind
    return MappingProxyType(kinds)


@cache
def signers() -> Mapping[str, Text]:
    """Return what each signer is called."""
    rows = read_yaml(FILE)["signers"]
    return {key: parse(Text, row, FILE.name, key) for key, row in rows.items()}


def _check(kind: PaperKind) -> None:
    """Refuse a kind that names a fact, an entry or a signer there is not."""
    asked = {ask.key for ask in kind.asks}
    facts = {*kind.required, *(fact for section in kind.sections for fact in section.facts)}
    used = {key for section in kind.sections for key in section.asks}
    for what, wanted, known in (
        ("fact", facts, FACTS.keys()),
        ("entry", used | asked, asked & used),
        ("signer", set(kind.signs), signers().keys()),
    ):
        for name in sorted(wanted):
            must_know(name in known, FILE.name, kind.key, what, name)


def offered(track: Track | None) -> Sequence[PaperKind]:
    """Return the kinds that belong to a track, or to the case as a whole."""
    return [kind for kind in paper_kinds().values() if kind.fits(track)]
