"""Warnings drafted from data: what is offered, and the sentences of a draft in both languages."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from service.core.text import N_
from service.recordation.detention.domain import GROUNDS
from service.recordation.detention.models import Detention
from service.rules.authorities import authorities
from service.rules.book import RuleBook
from service.rules.schema import Version
from service.station.base.concerning import About
from service.station.base.domain import Bundle
from service.station.base.repository_warnings import Sighted
from service.ui.documents.pairs import Pair, both
from service.ui.i18n import Language, translator

SQUATTER = (
    N_("A stranger has filed the mark {mark}"),
    N_(
        "In the register {office} the mark {mark} (number {number}, class {classes}) stands in the "
        "name of {owner}, who files marks of others. Whoever uses this mark or one like it: check "
        "your own filings there, and ask the station whether an opposition is still open."
    ),
)
DETENTIONS = (
    N_("{count} detentions: {what}"),
    N_(
        "Between {since} and {until} goods were held {count} times: {what}. Before the next "
        "shipment check marks, authorisations and packaging, and have the papers of your rights "
        "at hand. The station helps with it."
    ),
)
BEGINS = (
    N_("From {day} another rule applies: {rule}"),
    N_("On {day} “{rule}” begins to apply in this form. Basis: {basis}."),
)
ENDS = (
    N_("Until {day} only: {rule}"),
    N_("After {day} “{rule}” no longer applies in this form. Basis: {basis}."),
)


@dataclass(frozen=True, slots=True)
class Offer:
    """Something a warning may be drafted from."""

    key: str
    title: Pair
    text: Pair
    about: About
    basis: tuple[str, ...]
    """Facts for the station's eyes."""


def filled(sentence: str, values: Mapping[str, str | Pair | date]) -> Pair:
    """Return a sentence in both languages; days are written as each language does."""
    told = {}
    for name, language in (("zh", Language.ZH_HANS), ("en", Language.EN)):
        words = translator(language)
        given = {
            key: value[name]
            if isinstance(value, dict)
            else words.date(value)
            if isinstance(value, date)
            else value
            for key, value in values.items()
        }
        told[name] = words.text(sentence, **given)
    return told


def _line(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def of_squatters(found: Iterable[Sighted]) -> list[Offer]:
    """Return one offer for each stranger's mark."""
    return [_squatter(one) for one in found]


def _squatter(one: Sighted) -> Offer:
    classes = tuple(str(each) for each in one.classes)
    values: dict[str, str | Pair | date] = {
        "mark": one.text,
        "office": one.office,
        "number": one.number,
        "owner": one.owner or "—",
        "classes": ", ".join(classes) or "—",
    }
    title, text = SQUATTER
    return Offer(
        f"{one.office}:{one.number}",
        filled(title, values),
        filled(text, values),
        About(marks=(one.text,), markets=one.markets, classes=classes),
        (_line(f"{one.office} {one.number}", one.text, one.owner, one.published_on),),
    )


def of_detentions(
    rows: Iterable[Detention], *, by: Bundle, least: int, since: date, until: date
) -> list[Offer]:
    """Return one offer for each group of at least `least` detentions, the largest first.

    Of a group only what it shares is told: no enterprise, no number of a declaration.
    """
    groups: dict[str, list[Detention]] = defaultdict(list)
    for row in rows:
        key = _key(row, by)
        if key:
            groups[key].append(row)
    waves = [(key, held) for key, held in groups.items() if len(held) >= least]
    waves.sort(key=lambda wave: (-len(wave[1]), wave[0]))
    return [_wave(key, held, by, since, until) for key, held in waves]


def _key(row: Detention, by: Bundle) -> str:
    if by is Bundle.GROUND:
        return row.ground.value if row.ground else ""
    value: str = {
        Bundle.OFFICE: row.office,
        Bundle.AUTHORITY: row.authority,
        Bundle.MARK: row.mark_used,
    }[by]
    return value.strip()


def _wave(key: str, held: Sequence[Detention], by: Bundle, since: date, until: date) -> Offer:
    places = {one.code: one for one in authorities()}
    what: str | Pair = key
    if by is Bundle.AUTHORITY and key in places:
        what = {"zh": places[key].name.zh, "en": places[key].name.en}
    elif by is Bundle.GROUND:
        what = both(next(text for ground, text in GROUNDS.items() if ground.value == key))
    values: dict[str, str | Pair | date] = {
        "count": str(len(held)),
        "what": what,
        "since": since,
        "until": until,
    }
    title, text = DETENTIONS
    markets = {places[one.authority].market for one in held if one.authority in places} | {
        one.member_state for one in held if one.member_state
    }
    return Offer(
        f"{by.value}:{key}",
        filled(title, values),
        filled(text, values),
        About(marks=(key,) if by is Bundle.MARK else (), markets=tuple(sorted(markets))),
        tuple(
            _line(str(one.created_at.date()), one.authority, one.office, one.mark_used, one.goods)
            for one in held
        ),
    )


def of_rules(book: RuleBook, *, since: date, until: date) -> list[Offer]:
    """Return one offer for each version of a rule that begins or ends within these days."""
    found: list[tuple[date, Offer]] = []
    for placed, version in book.versions():
        last = version.valid_to
        for day, sentences in ((version.valid_from, BEGINS), (last, ENDS)):
            if day is not None and since <= day <= until:
                title = {"zh": placed.rule.title.zh, "en": placed.rule.title.en}
                found.append((day, _rule(day, sentences, title, placed.jurisdiction, version)))
    return [offer for _, offer in sorted(found, key=lambda pair: (pair[0], pair[1].key))]


def _rule(
    day: date, sentences: tuple[str, str], rule: Pair, jurisdiction: str, version: Version
) -> Offer:
    values: dict[str, str | Pair | date] = {"day": day, "rule": rule, "basis": version.basis}
    ending = sentences is ENDS
    return Offer(
        f"{version.id}:{'ends' if ending else 'begins'}",
        filled(sentences[0], values),
        filled(sentences[1], values),
        About(markets=(jurisdiction,)),
        (f"{version.name} · {version.basis} · {version.source} · {version.checked}",),
    )


def days_back(today: date, days: int) -> date:
    """Return the first day of a period that ends today."""
    return today - timedelta(days=days)
