"""The shape of `counting.yaml`: how an authority counts, what service adds, when alarms go out."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from service.rules.schema import Base, Confidence, Flag, Key, Start, Text, Words


class Service(Base):
    """What the way of service adds, in days, by the value of the fact `service`.

    `added_to: start`: the paper counts as served that much later. `end`: the days are added to the
    last day, after it was moved off a closed day.
    """

    fact: Key
    added_to: Literal["start", "end"] = "start"
    methods: Annotated[dict[Key, Annotated[int, Field(ge=0)]], Field(min_length=1)]
    says: Text
    confidence: Confidence


class Counting(Base):
    """How an authority counts: the first day, the closed days, the last day, the clock."""

    id: Key
    fact: Key | None = None
    title: Text
    start: Start = Start.NEXT_DAY
    last_day: Literal["next_open_day", "stays", "not_researched"]
    calendar: Key
    roll_weekend: tuple[Literal["fri", "sat", "sun"], ...] | None = None
    time_zone: Words | None = None
    last_hour: Text
    note: Text | None = None
    basis: Words
    source: Words
    confidence: Confidence
    flag: Flag = Flag.NONE
    checked: date


class Alarm(Base):
    """How long before the date the first warning goes out, by the length of the period."""

    up_to_days: Annotated[int, Field(gt=0)]
    lead_days: Annotated[int, Field(ge=0)]
