"""The shape of an authority's file. Whatever is not described here is refused.

Every legal figure is the id of a rule of `service.rules`; there is no second copy of it here.
"""

from enum import StrEnum
from typing import Annotated, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from service.rules.schema import Base, Confidence, Key, Text

Code = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Source = Annotated[str, StringConstraints(pattern=r"^[a-z_]+\.[a-z_]+$")]
Ids = tuple[Key, ...]


def _zone(name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (KeyError, OSError) as error:
        raise ValueError(f"no time zone {name}") from error


Zone = Annotated[str, AfterValidator(_zone)]


class RightKind(StrEnum):
    """Kinds of right a customs authority may record."""

    TRADEMARK = "trademark"
    TRADE_NAME = "trade_name"
    COPYRIGHT = "copyright"
    RELATED = "related"
    PATENT_INVENTION = "patent_invention"
    UTILITY_MODEL = "utility_model"
    DESIGN = "design"
    GI = "gi"
    PLANT_VARIETY = "plant_variety"
    TOPOGRAPHY = "topography"
    UNFAIR_COMPETITION = "unfair_competition"


class Standing(StrEnum):
    """How far an authority is known, or whether there is anything to know."""

    FULL = "full"
    """Fields, documents and clocks: a filing can be prepared from beginning to end."""
    PARTIAL = "partial"
    """What the rules hold, badge and all; the fields of its form were not researched."""
    NONE = "none"
    """No standing recordal: `instead` says what to do."""
    NOT_RESEARCHED = "not_researched"


class Direction(StrEnum):
    """Which way goods move when the authority looks at them."""

    IMPORT = "import"
    EXPORT = "export"
    TRANSIT = "transit"


class FieldKind(StrEnum):
    """What an answer looks like."""

    TEXT = "text"
    LONG = "long"
    DATE = "date"
    LIST = "list"
    YES_NO = "yes_no"
    MONEY = "money"
    PICTURES = "pictures"
    STATES = "states"


class When(StrEnum):
    """When a field or a document is asked for."""

    ALWAYS = "always"
    AGENT = "agent"
    """Where an agent or a liaison files."""
    FOREIGN = "foreign"
    """Where the holder is not of the authority's country."""
    LICENCE = "licence"
    """Where somebody is authorised to use the right."""
    COPYRIGHT = "copyright"
    PATENT = "patent"
    IF_KNOWN = "if_known"
    """Welcome, never a gap."""


class Act(StrEnum):
    """What is done at the authority."""

    FILING = "filing"
    RENEWAL = "renewal"
    CHANGE = "change"


class Basis(Base):
    """How a list that no rule holds is known: a source, or memory with a badge."""

    confidence: Confidence
    source: Annotated[str, StringConstraints(min_length=1)]


class Reading(Base):
    """Fields of a form that were read in a source; any other is known as `fields_basis` says."""

    source: Annotated[str, StringConstraints(min_length=1)]
    fields: Annotated[Ids, Field(min_length=1)]


class FieldNeed(Base):
    """One field of an authority's form, in its own words."""

    key: Key
    label: Text
    kind: FieldKind
    source: Source | None = None
    """Where the substance holds the answer; None where it is this filing's own."""
    when: When = When.ALWAYS
    rights: tuple[RightKind, ...] = ()
    """Asked for these kinds of right only; empty: for all."""
    most: Annotated[int, Field(gt=0)] | None = None
    """Characters, or entries of a list; None: no limit was researched."""
    hint: Text | None = None
    affirm: bool = False
    """A declaration: only *yes* will do."""


class Group(Base):
    """The fields of one page of the form, in the authority's order."""

    key: Key
    title: Text
    fields: Annotated[tuple[FieldNeed, ...], Field(min_length=1)]


class DocumentNeed(Base):
    """A paper that goes with the filing."""

    key: Key
    label: Text
    when: When = When.ALWAYS
    note: Text | None = None


class Pictures(Base):
    """What pictures and papers the authority takes; an empty limit was not researched."""

    formats: Annotated[tuple[str, ...], Field(min_length=1)]
    kilobytes: Annotated[int, Field(gt=0)] | None = None
    papers: tuple[str, ...] = ("pdf",)
    basis: Basis


class Procedure(Base):
    """A form or way of filing."""

    key: Key
    name: Text
    states: bool = False
    """Whether the filing names the states in which it is to hold."""


class ByRight(Base):
    """A rule for some kinds of right; without kinds, for all the others."""

    rule: Key
    rights: tuple[RightKind, ...] = ()


class FeeRow(Base):
    """Which rule tells the fee of an act."""

    act: Act
    rule: Key
    rights: tuple[RightKind, ...] = ()


class ChangeDuty(Base):
    """The duty to tell changes: the rule, and the one for a right that ended."""

    rule: Key
    lapse: Key | None = None


class Detention(Base):
    """The rules a detention there sets going, by whose clock they are."""

    holder: Ids = ()
    exporter: Ids = ()
    authority: Ids = ()
    money: Ids = ()
    """Security, costs, fines."""


class Authority(Base):
    """One customs authority."""

    code: Key
    market: Code
    """Its customs territory, as a market."""
    time_zone: Zone
    """IANA name of the time at its seat."""
    standing: Standing
    name: Text
    short: Annotated[str, StringConstraints(min_length=1, max_length=24)]
    instead: Text | None = None
    channel: Text | None = None
    languages: tuple[str, ...] = ()
    """ISO 639-1: in which a filing is accepted."""
    directions: tuple[Direction, ...] = ()
    rights: tuple[RightKind, ...] = ()
    except_for: Text | None = None
    statements: Ids = ()
    """Rules that say something without a period: scope, documents, who may file."""
    procedures: tuple[Procedure, ...] = ()
    terms: tuple[ByRight, ...] = ()
    decision: Key | None = None
    renewal_decision: Key | None = None
    correction: Key | None = None
    renewal: tuple[ByRight, ...] = ()
    renewal_lead: Key | None = None
    """A rule of the office of the right that has to be renewed first."""
    change: ChangeDuty | None = None
    fees: tuple[FeeRow, ...] = ()
    documents: tuple[DocumentNeed, ...] = ()
    documents_basis: Basis | None = None
    pictures: Pictures | None = None
    groups: tuple[Group, ...] = ()
    fields_basis: Basis | None = None
    fields_read: tuple[Reading, ...] = ()
    detention: Detention = Detention()

    @property
    def fields(self) -> tuple[FieldNeed, ...]:
        """All fields in the order of the form."""
        return tuple(field for group in self.groups for field in group.fields)

    def place_of(self, key: str) -> int:
        """Return the number, from 1, of the source a field was read in; 0 where in none."""
        return next((n for n, one in enumerate(self.fields_read, 1) if key in one.fields), 0)

    def confidence_of(self, key: str) -> Confidence | None:
        """Return how a field of the form is known; None where there is no list of fields."""
        if self.place_of(key):
            return Confidence.SOURCE
        return self.fields_basis.confidence if self.fields_basis else None

    def rule_ids(self) -> set[str]:
        """Return every rule this authority stands on."""
        named = {self.decision, self.renewal_decision, self.correction, self.renewal_lead}
        named |= {row.rule for row in (*self.terms, *self.renewal)}
        named |= {row.rule for row in self.fees}
        named |= {self.change.rule, self.change.lapse} if self.change else set()
        stops = self.detention
        named |= {*stops.holder, *stops.exporter, *stops.authority, *stops.money}
        return {rule for rule in (*named, *self.statements) if rule}

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.standing is Standing.NONE) != (self.instead is not None):
            raise ValueError("an authority without recordal, and no other, says what to do instead")
        full = self.standing is Standing.FULL
        if full and not (self.groups and self.documents and self.rights and self.procedures):
            raise ValueError("a full authority has rights, procedures, fields and documents")
        if self.standing is Standing.NOT_RESEARCHED and self.rule_ids():
            raise ValueError("what is not researched names no rule")
        for what, rows in (("group", self.groups), ("field", self.fields)):
            keys = [row.key for row in rows]
            if len(keys) != len(set(keys)):
                raise ValueError(f"a {what} is named twice")
        read = [key for one in self.fields_read for key in one.fields]
        if len(read) != len(set(read)) or not set(read) <= {row.key for row in self.fields}:
            raise ValueError("a source names a field that is not in the form, or twice")
        if bool(self.groups) != bool(self.fields_basis):
            raise ValueError("the fields say how they are known")
        if bool(self.documents) != bool(self.documents_basis):
            raise ValueError("the documents say how they are known")
        return self
