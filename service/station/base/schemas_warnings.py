"""Bodies of warnings."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from service.core.text import N_
from service.station.base.domain import Bundle, WarningKind

Line = Annotated[str, Field(min_length=1, max_length=200)]
Lines = Annotated[list[Line], Field(max_length=100)]
Text = Annotated[str, Field(max_length=10_000)]


class Wave(BaseModel):
    """What a person chooses for a draft: how many days back, and what makes a wave."""

    days: Annotated[int, Field(ge=1, le=3650, title=N_("Days"))] = 90
    least: Annotated[int, Field(ge=2, le=1000, title=N_("Detentions at least"))] = 3
    by: Annotated[Bundle, Field(title=N_("What makes them one wave"))] = Bundle.OFFICE


class DraftIn(Wave):
    """A warning to be drafted from an offer."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"kind": "squatter", "key": "XX:123", "days": 90}]},
    )

    kind: Annotated[WarningKind, Field(title=N_("Kind"))]
    key: Annotated[str, Field(min_length=1, max_length=300, title=N_("What it is drafted from"))]


class DraftForm(DraftIn):
    """The same as a page sends it."""

    model_config = ConfigDict(extra="ignore")


class TextPair(BaseModel):
    """A text in both languages; English may wait."""

    model_config = ConfigDict(extra="forbid")

    zh: Annotated[str, Field(min_length=1, max_length=10_000)]
    en: Text = ""


class WarningIn(BaseModel):
    """A draft as a person edits it."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "title": {"zh": "某商标被抢注", "en": "A mark was filed by a stranger"},
                    "text": {"zh": "请核对。", "en": "Please check."},
                    "marks": ["YANSHI"],
                    "markets": ["US"],
                }
            ]
        },
    )

    title: TextPair
    text: TextPair
    marks: Lines = []
    markets: Lines = []
    classes: Lines = []
    hs: Lines = []
    left_out: Annotated[list[UUID], Field(max_length=1000)] = []
    """Enterprises a person takes out although it concerns them."""

    def values(self) -> dict[str, object]:
        """Return what is changed."""
        return self.model_dump(exclude={"left_out"})


class WarningForm(BaseModel):
    """The same as a page sends it: one thing a line, or parted by commas."""

    title_zh: Annotated[str, Field(min_length=1, max_length=200, title=N_("Title in Chinese"))]
    title_en: Annotated[str, Field(max_length=200, title=N_("Title in English"))] = ""
    text_zh: Annotated[str, Field(min_length=1, max_length=10_000, title=N_("Text in Chinese"))]
    text_en: Annotated[Text, Field(title=N_("Text in English"))] = ""
    about_marks: Annotated[str, Field(max_length=4000, title=N_("Marks"))] = ""
    about_markets: Annotated[str, Field(max_length=400, title=N_("Markets"))] = ""
    about_classes: Annotated[str, Field(max_length=400, title=N_("Nice classes"))] = ""
    about_hs: Annotated[str, Field(max_length=400, title=N_("HS codes"))] = ""
    left_out: list[UUID] = []
    version: int = 0

    def values(self) -> dict[str, object]:
        """Return what is changed."""
        return {
            "title": {"zh": self.title_zh, "en": self.title_en},
            "text": {"zh": self.text_zh, "en": self.text_en},
            "marks": _parts(self.about_marks, spaces=False),
            "markets": [one.upper() for one in _parts(self.about_markets)],
            "classes": _parts(self.about_classes),
            "hs": _parts(self.about_hs),
        }


def _parts(text: str, *, spaces: bool = True) -> list[str]:
    lines = text.replace("，", ",").replace("、", ",").replace("\n", ",").split(",")
    parts = [word for line in lines for word in line.split()] if spaces else lines
    return [one.strip()[:200] for one in parts if one.strip()][:100]


class ReasonOut(BaseModel):
    """Why an enterprise is concerned."""

    kind: str
    detail: str


class RecipientOut(BaseModel):
    """An enterprise a warning concerns."""

    organisation_id: UUID
    name: str
    reasons: list[ReasonOut]
    left_out: bool
    read_at: datetime | None


class WarningOut(BaseModel):
    """A warning; basis and settings are for the station that drafted it."""

    id: UUID
    station_id: UUID
    kind: WarningKind
    status: str
    title: dict[str, str]
    text: dict[str, str]
    marks: list[str]
    markets: list[str]
    classes: list[str]
    hs: list[str]
    basis: list[str]
    settings: dict[str, str]
    sent_at: datetime | None
    read: int
    of: int
    recipients: list[RecipientOut]
    version: int


class OfferOut(BaseModel):
    """Something a warning may be drafted from."""

    key: str
    title: dict[str, str]
    basis: list[str]
