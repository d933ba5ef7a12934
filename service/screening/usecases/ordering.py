"""Taking a catalogue in: its columns told by their headings or by a person, its rows counted."""

from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import replace

from sqlalchemy.orm import Session

from service.core.db import Database
from service.core.errors import FieldError, Invalid
from service.core.files import Files
from service.core.settings import Settings
from service.core.text import N_
from service.identity.permissions import Actor
from service.screening.catalogue import NAMES, OTHERS, Defaults, read_catalogue
from service.screening.models import Catalogue
from service.screening.reach import markets_loaded
from service.screening.repository import register_states
from service.screening.usecases.cataloguing import Order, begin_catalogue

COLUMNS = (*NAMES, *OTHERS)


def order_catalogue(
    database: Database,
    settings: Settings,
    files: Files,
    actor: Actor,
    *,
    sha256: str,
    name: str,
    mapping: Mapping[str, str],
    defaults: Defaults,
    session: Session | None = None,
) -> Catalogue:
    """Read a stored sheet once, to count its rows, and begin its screening.

    It is written in `session` where one is given, else in a transaction of its own; until then no
    lock is held. Without destinations, neither in the sheet nor given, every market whose
    registers are loaded.

    Raises:
        CatalogueColumns, CatalogueTooLong, CatalogueRunning; Invalid: No row names anything.
    """
    _check_mapping(mapping)
    with database.read() as reading:
        defaults = _completed(reading, settings, defaults)
    rows = sum(1 for _ in read_catalogue(files.path(sha256), settings, defaults, mapping))
    if not rows:
        detail = N_("No row of the sheet names anything.")
        raise Invalid(detail, errors=[FieldError("file", detail)])
    order = Order(name, sha256, dict(mapping), defaults)
    with nullcontext(session) if session else database.write() as writing:
        return begin_catalogue(writing, settings, actor, order, rows)


def _check_mapping(mapping: Mapping[str, str]) -> None:
    wrong = sorted(set(mapping.values()) - {"", *COLUMNS})
    if wrong:
        detail = N_("{column} is none of the columns {known}.")
        told: dict[str, object] = {"column": wrong[0][:40], "known": ", ".join(COLUMNS)}
        raise Invalid(detail, errors=[FieldError("mapping", detail, told)], **told)


def _completed(session: Session, settings: Settings, defaults: Defaults) -> Defaults:
    """Return the defaults with what nobody gave: every loaded market, and how many hits."""
    hits = min(defaults.limit or settings.catalogue_hits, settings.hits_max)
    if defaults.destinations:
        return replace(defaults, limit=hits)
    loaded = markets_loaded(register_states(session))[: settings.markets_per_screening]
    return replace(defaults, destinations=tuple(loaded), limit=hits)
