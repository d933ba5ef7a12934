"""What a notice is: plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any


class Channel(StrEnum):
    """How somebody is told."""

    INBOX = "inbox"
    EMAIL = "email"
    WEBHOOK = "webhook"


class DeliveryState(StrEnum):
    """How the telling stands."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    """Tried as often as it may be, or nobody is there any more."""


Value = str | int | float | date | datetime


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence: its message id, and what fills its places. It is translated when it is shown.

    A value that is itself a `Message` is translated too (the name of a verdict); any other text is
    data and stays as it is.
    """

    text: str
    values: Mapping[str, "Value | Message"] = field(default_factory=dict)

    def stored(self) -> dict[str, Any]:
        """Return the message as plain JSON."""
        values = {name: _stored(value) for name, value in self.values.items()}
        return {"text": self.text, "values": values}


def _stored(value: Value | Message) -> Any:
    if isinstance(value, Message):
        return {"message": value.stored()}
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    return {"day": value.isoformat()} if isinstance(value, date) else value


def message_of(stored: Mapping[str, Any]) -> Message:
    """Return the message that `Message.stored` wrote."""
    values = {name: _read(value) for name, value in stored["values"].items()}
    return Message(stored["text"], values)


def _read(value: Any) -> Value | Message:
    if not isinstance(value, dict):
        plain: Value = value
        return plain
    ((kind, told),) = value.items()
    if kind == "message":
        return message_of(told)
    return datetime.fromisoformat(told) if kind == "moment" else date.fromisoformat(told)
