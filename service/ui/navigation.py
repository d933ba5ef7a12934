"""The side navigation as a table, and what the shell needs to know of who is looking."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from starlette.applications import Starlette
from starlette.requests import Request

from service.core.text import N_


class Group(StrEnum):
    """The parts of the side navigation, in their order; the value is the heading's message id."""

    WORK = N_("My work")
    SCREENING = N_("Screening")
    REGISTER = N_("Registers")
    CASES = N_("Cases")
    CUSTOMS = N_("Customs")
    BASE = N_("Prevention and service")
    ADMINISTRATION = N_("Administration")


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of the side navigation."""

    path: str
    label: str
    """Message id."""
    group: Group
    permission: str | None = None
    """Shown only to who has it, `thing:action`; None: to everybody, signed in or not."""
    count: Callable[[Request], int] | None = None
    """How many unread things lie behind it, for who looks at the page."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks at the page, as far as the page's frame is concerned.

    The identity module puts one into `request.state.viewer` when somebody is signed in.
    """

    name: str
    organisation: str
    permissions: frozenset[str] = field(default_factory=frozenset)
    compact: bool = False
    """Dense tables for staff who work in them all day; airy pages for exporters."""
    language: str | None = None
    """The language the person chose, a BCP 47 tag; None before the first choice."""


def install_navigation(app: Starlette, entries: Sequence[Entry]) -> None:
    """Give the application its side navigation: the entries of all modules, once, at start."""
    app.state.navigation = tuple(entries)


def navigation_paths(request: Request) -> frozenset[str]:
    """Return the paths of all entries: a page that has its own is not a part of another's."""
    return frozenset(entry.path for entry in getattr(request.app.state, "navigation", ()))


def viewer_of(request: Request) -> Viewer | None:
    """Return who is signed in, or None."""
    viewer: Viewer | None = getattr(request.state, "viewer", None)
    return viewer


def navigation_of(request: Request) -> list[tuple[Group, list[Entry]]]:
    """Return the groups that have an entry this viewer may follow, each with those entries."""
    entries: Sequence[Entry] = getattr(request.app.state, "navigation", ())
    viewer = viewer_of(request)
    granted = viewer.permissions if viewer else frozenset()
    seen = [e for e in entries if e.permission is None or e.permission in granted]
    groups = [(group, [entry for entry in seen if entry.group is group]) for group in Group]
    return [(group, found) for group, found in groups if found]
