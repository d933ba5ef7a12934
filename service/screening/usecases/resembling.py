"""Marks in force that are like a mark, in chosen registers: the search a station clerk makes.

Goods, markets and verdicts are no part of it; a screening weighs these.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from service.core import clock
from service.core.db import Database
from service.core.errors import FieldError, Invalid
from service.core.settings import Settings
from service.core.text import N_
from service.identity.permissions import Actor, Permission
from service.matching import scores
from service.matching.compare import compare_sides
from service.matching.engine import VERSION, Prepared, Sign, explain, prepare
from service.matching.entered import with_rows
from service.matching.index import Filter
from service.matching.index.marks import day_number
from service.matching.meaning import key_of
from service.matching.sides import Side
from service.registry.domain import DEAD
from service.registry.finder import STATUS_NUMBERS, Finder, office_number
from service.registry.findings import Findings
from service.registry.indexing import search_or_keep
from service.registry.prepared import fold_name, mask_of
from service.registry.records import StoredMark
from service.registry.repository import Marks
from service.registry.usecases.looking import helps
from service.rules.markets import office
from service.screening.answer import searched_out, unsearched_out
from service.screening.coverage import holds_something, searched_offices, unsearched_offices
from service.screening.domain import Closeness, RegisterState
from service.screening.equivalents import rows_about
from service.screening.hits import axes_out, mark_out, rules_out
from service.screening.plan import at_field
from service.screening.repository import register_states
from service.screening.schemas import Both
from service.screening.similar_schemas import SimilarIn, SimilarMark, SimilarOut
from service.screening.usecases.comparing import read_mark


def find_similar(
    database: Database, settings: Settings, finder: Finder, actor: Actor, asked: SimilarIn
) -> SimilarOut:
    """Find every mark in force that is like a mark and passes, and explain the nearest.

    Raises:
        PermissionDenied: the actor screens nothing.
        NoName: nothing in the mark can be compared.
        Invalid: an owner without a letter, or a status of marks that are no longer in force.
        UnknownOffice: there is no such register.
        IndexBuilding, SearchesFull: nothing was searched; try again.
    """
    actor.need(Permission.SCREENING_RUN)
    query = read_mark(asked.text, "text")
    codes = at_field("offices", lambda: [office(code).code for code in asked.offices])
    with finder.turn():
        with database.read() as session:
            states = register_states(session)
            passing = _passing(session, asked, codes)
            query = with_rows(query, rows_about(session, {key_of(asked.text)}))
        found = search_or_keep(database, finder, [query], passing)
        rows = _in_force(found)
        order = scores.rank(found.prominence[rows], found.values[rows], found.keys[rows])
        with database.read() as session:
            marks = _explained(session, query, found, rows[order][: asked.limit])
    bound = codes or [code for code, state in states.items() if holds_something(state)]
    counts = Counter(map(scores.band_of, found.similarity[rows].tolist()))
    return _answer(settings, asked, found.change, states, bound, counts, marks)


def _passing(session: Session, asked: SimilarIn, codes: Sequence[str]) -> Filter:
    """Return the filter of what is asked."""
    faults = [
        FieldError(field, N_("Enter letters, digits or characters."))
        for field, name in (("owner", asked.owner), ("not_owner", asked.not_owner))
        if name and not fold_name(name)
    ]
    if set(asked.statuses) & DEAD:
        ended = N_("Marks no longer in force are not searched: look them up under Marks.")
        faults.append(FieldError("statuses", ended))
    if faults:
        raise Invalid(N_("Please correct the marked fields."), errors=faults)
    marks = Marks(session)
    return Filter(
        offices=frozenset(map(office_number, codes)) if codes else None,
        classes=mask_of(asked.classes),
        statuses=frozenset(STATUS_NUMBERS[one] for one in asked.statuses) or None,
        filed_from=asked.filed_from,
        filed_to=asked.filed_to,
        keys=marks.owned_by(asked.owner) if asked.owner else None,
        not_keys=marks.owned_by(asked.not_owner) if asked.not_owner else frozenset(),
    )


def _in_force(found: Findings) -> NDArray[np.intp]:
    """Return the rows of marks that no day has ended."""
    return np.flatnonzero(found.column("lapses", np.int32) >= day_number(clock.today()))


def _explained(
    session: Session, query: Prepared, found: Findings, rows: NDArray[np.intp]
) -> list[SimilarMark]:
    """Compare and explain some marks; those that are gone by now are left out."""
    keys = found.keys[rows].tolist()
    records, ways, side = Marks(session).details(keys), found.ways(keys), Side(query, None)
    return [
        _similar(side, one, ways[key, 0].kinds if one.change <= found.change else None)
        for key in keys
        if (one := records.get(key)) is not None
    ]


def _similar(query: Side, stored: StoredMark, known: frozenset[str] | None) -> SimilarMark:
    record = stored.record
    sign = Sign(record.text, record.translation, record.transliteration)
    compared = compare_sides(query, Side(prepare(sign), None), known=known)
    return SimilarMark(
        mark=mark_out(record),
        similarity=compared.similarity,
        closeness=Closeness(scores.band_of(compared.similarity)),
        axes=axes_out(compared),
        rules=rules_out(compared.rules),
        counter_evidence=rules_out(compared.counter),
        weak_only=compared.weak_only,
        explanation=Both(**explain(compared)),
    )


def _answer(
    settings: Settings,
    asked: SimilarIn,
    change: int,
    states: Mapping[str, RegisterState],
    codes: Sequence[str],
    counts: Mapping[str, int],
    marks: list[SimilarMark],
) -> SimilarOut:
    at = clock.now()
    missing = unsearched_offices(dict.fromkeys(codes, ()), states, on=at.date())
    return SimilarOut(
        input=asked,
        at=at,
        engine=VERSION,
        change=change,
        searched=searched_out(searched_offices(codes, states, on=at.date())),
        not_searched=unsearched_out(missing, (), helps(settings)),
        counts={one: counts.get(one.value, 0) for one in Closeness},
        truncated=sum(counts.values()) > len(marks),
        marks=marks,
    )
