"""Bodies of typical cases and check-ups."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from service.core.text import N_
from service.station.base.domain import SecretKind
from service.station.base.schemas_warnings import Text, TextPair

SOME_ID = "0193f0c2-0000-7000-8000-000000000000"


class OptionalPair(BaseModel):
    """A text in both languages; either may wait."""

    model_config = ConfigDict(extra="forbid")

    zh: Text = ""
    en: Text = ""


class TypicalIn(BaseModel):
    """The closed case a typical case is drafted from."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"case_id": SOME_ID}]}
    )

    case_id: Annotated[UUID, Field(title=N_("Case"))]
    hides_marks: Annotated[bool, Field(title=N_("Marks"))] = True


class TypicalForm(TypicalIn):
    """The same as a page sends it."""

    model_config = ConfigDict(extra="ignore")

    hides_marks: Annotated[bool, Field(title=N_("Marks"))] = False


class TypicalChange(BaseModel):
    """A draft as a person edits it."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "title": {"zh": "某商标海外抢注案", "en": ""},
                    "text": {"zh": "权利主张方甲发现……", "en": ""},
                    "lesson": {"zh": "先注册，后出海。", "en": ""},
                }
            ]
        },
    )

    title: TextPair
    text: TextPair
    lesson: OptionalPair = OptionalPair()
    hides_marks: bool = True
    guidance: Annotated[str, Field(max_length=64)] = ""


class TypicalEdit(BaseModel):
    """The same as a page sends it."""

    title_zh: Annotated[str, Field(min_length=1, max_length=200, title=N_("Title in Chinese"))]
    title_en: Annotated[str, Field(max_length=200, title=N_("Title in English"))] = ""
    text_zh: Annotated[str, Field(min_length=1, max_length=10_000, title=N_("Text in Chinese"))]
    text_en: Annotated[Text, Field(title=N_("Text in English"))] = ""
    lesson_zh: Annotated[Text, Field(title=N_("What others learn of it, in Chinese"))] = ""
    lesson_en: Annotated[Text, Field(title=N_("What others learn of it, in English"))] = ""
    hides_marks: Annotated[bool, Field(title=N_("Marks"))] = False
    guidance: Annotated[str, Field(max_length=64, title=N_("Knowledge base"))] = ""
    version: int = 0

    def values(self) -> dict[str, Any]:
        """Return what is changed."""
        pairs = {
            name: {"zh": getattr(self, f"{name}_zh"), "en": getattr(self, f"{name}_en")}
            for name in ("title", "text", "lesson")
        }
        return pairs | {"hides_marks": self.hides_marks, "guidance": self.guidance}


class JustifyIn(BaseModel):
    """Why a finding stays in the text."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"key": "0123456789abcdef", "reason": "地名，人人皆知"}]},
    )

    key: Annotated[str, Field(max_length=64)]
    reason: Annotated[str, Field(max_length=2000, title=N_("Why it stays"))] = ""


class JustifyForm(JustifyIn):
    """The same as a page sends it."""

    model_config = ConfigDict(extra="ignore")

    version: int = 0


class FoundOut(BaseModel):
    """A place that perhaps tells what it must not."""

    key: str
    kind: SecretKind
    how: str
    excerpt: str
    justified: str


class TypicalOut(BaseModel):
    """A typical case; the case behind it and the findings are for its station."""

    id: UUID
    station_id: UUID
    status: str
    title: dict[str, str]
    text: dict[str, str]
    lesson: dict[str, str]
    guidance: str
    published_at: datetime | None
    case_id: UUID | None
    hides_marks: bool
    findings: list[FoundOut]
    version: int


class CheckUpIn(BaseModel):
    """The enterprise to be checked up."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"enterprise_id": SOME_ID}]}
    )

    enterprise_id: Annotated[UUID, Field(title=N_("Enterprise"))]


class CheckUpForm(CheckUpIn):
    """The same as a page sends it."""

    model_config = ConfigDict(extra="ignore")


class ConsentIn(BaseModel):
    """What one's enterprise opens for a check-up beside what is shared already."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"watches": True}]})

    watches: Annotated[bool, Field(title=N_("Watches"))] = False
    decisions: Annotated[bool, Field(title=N_("Decisions"))] = False


class PaperConsentIn(CheckUpIn):
    """A consent that an enterprise gave on paper."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"enterprise_id": SOME_ID, "proof": "盖章同意书"}]},
    )

    proof: Annotated[str, Field(max_length=300, title=N_("How it was given"))] = ""


class PaperConsentForm(PaperConsentIn):
    """The same as a page sends it."""

    model_config = ConfigDict(extra="ignore")


class ConsentOut(BaseModel):
    """A consent that stands."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    enterprise_id: UUID
    station_id: UUID
    watches: bool
    decisions: bool
    proof: str
    given_at: datetime


class CheckUpLine(BaseModel):
    """A check-up in a list."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    station_id: UUID
    enterprise_id: UUID
    sha256: str
    count: int
    made_at: datetime


class CheckUpOut(CheckUpLine):
    """A check-up as it was frozen."""

    report: dict[str, Any]
