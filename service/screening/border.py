"""What customs may do on the way: who has recorded what where the route starts, crosses or ends.

A mark that is recorded is looked for by customs without anybody asking, on export too where the law
says so. Lists of recordations are loaded as any register is, and nobody can tell that one is whole:
so no answer here is ever a clear one.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import cache

from service.registry.prepared import fold_name
from service.rules.authorities import Authority, AuthorityUnknown, Standing, authority_of_market
from service.rules.markets import market
from service.rules.markets.routes import Crossing, Passage
from service.screening.border_words import (
    PASSAGE_WORDS,
    PROOFS,
    RISK_WORDS,
    STANDING_WORDS,
)
from service.screening.decided import OWNERS, owner_key
from service.screening.domain import (
    CONFLICTS,
    RANK,
    BrandRole,
    DetentionRisk,
    Listing,
    Verdict,
)
from service.screening.recorded import Recorded
from service.screening.schemas import BorderOut, Both, RecordationOut
from service.screening.tally import Weighed
from service.screening.wording import both, filled

SERIOUS = frozenset({Verdict.BLOCKED, Verdict.HIGH})


@cache
def names_of(place: str) -> frozenset[str]:
    """Return the folded names under which lists hold the customs authority of a territory."""
    told = {place, "EM" if place == "EU" else place}
    found = _authority(place)
    if found is not None:
        told |= {found.code, found.name.zh, found.name.en, found.short, *found.short.split()}
    return frozenset(fold_name(name) for name in told)


def border(
    crossing: Crossing,
    recorded: Sequence[Recorded],
    weighed: Mapping[int, Weighed],
    *,
    listed: bool,
    role: BrandRole,
    on: date,
) -> BorderOut:
    """Say what is known of one customs territory on a route.

    Args:
        crossing: The territory and how the goods meet it.
        recorded: The marks found that are recorded there.
        weighed: What each of them does to the markets, by key.
        listed: Whether any recordation with this authority is loaded at all.
        role: What the exporter is to the brand.
        on: The day of the screening; a recordation that ended before is told and not counted.
    """
    found = _authority(crossing.territory)
    rows = [_row(one, weighed[one.key], crossing, on) for one in recorded]
    rows = sorted((row for row in rows if row.verdict in CONFLICTS), key=_worst_first)
    unsaid = DetentionRisk.NONE_KNOWN if listed else DetentionRisk.NOT_SEARCHED
    made = BorderOut(
        territory=crossing.territory,
        name=both(market(crossing.territory).name),
        authority=Both(zh=found.name.zh, en=found.name.en) if found else None,
        passage=crossing.passage,
        risk=unsaid,
        recordations=rows,
        sentence=RISK_WORDS[unsaid],
        role=role,
    )
    return judged(made, found, unsaid)


def as_known(made: BorderOut, ours: Collection[str]) -> BorderOut:
    """Return the same with what lists say of an organisation, known by these folded names."""
    rows = [row.model_copy(update={"listing": _listing(row, ours)}) for row in made.recordations]
    changed = made.model_copy(update={"recordations": rows})
    return judged(changed, _authority(made.territory), made.risk) if rows else made


def with_rows(made: BorderOut, rows: Sequence[RecordationOut]) -> BorderOut:
    """Return the same with other recordations, judged anew: what is loaded stays as it was."""
    bare = made.risk is DetentionRisk.NOT_SEARCHED
    unsaid = DetentionRisk.NOT_SEARCHED if bare else DetentionRisk.NONE_KNOWN
    changed = made.model_copy(update={"recordations": list(rows)})
    return judged(changed, _authority(made.territory), unsaid)


def judged(made: BorderOut, found: Authority | None, unsaid: DetentionRisk) -> BorderOut:
    """Return the same with its risk, sentence and proofs, from the recordations in it."""
    risk = _risk(made.recordations, unsaid)
    words = [PASSAGE_WORDS[made.passage], RISK_WORDS[risk]]
    if found is None or found.standing is Standing.NOT_RESEARCHED:
        words.append(STANDING_WORDS[Standing.NOT_RESEARCHED])
    elif found.instead is not None:
        words.append(Both(zh=found.instead.zh, en=found.instead.en))
    if made.passage is Passage.STARTS and found and _imports_only(found):
        words.append(STANDING_WORDS["imports_only"])
    named = both(market(made.territory).name)
    sentence = Both(
        zh="".join(filled(one, place=named.zh).zh for one in words),
        en=" ".join(filled(one, place=named.en).en for one in words),
    )
    proofs = list(PROOFS[risk, made.role]) if (risk, made.role) in PROOFS else []
    return made.model_copy(update={"risk": risk, "sentence": sentence, "proofs": proofs})


def _imports_only(found: Authority) -> bool:
    return bool(found.directions) and "export" not in found.directions


def _risk(rows: Sequence[RecordationOut], unsaid: DetentionRisk) -> DetentionRisk:
    running = [row for row in rows if not row.ended]
    if not running:
        return unsaid
    strange = [row for row in running if row.listing is Listing.NOT_LISTED]
    if not strange:
        return DetentionRisk.LISTED
    serious = any(row.verdict in SERIOUS for row in strange)
    return DetentionRisk.LIKELY if serious else DetentionRisk.POSSIBLE


def _row(one: Recorded, weighed: Weighed, crossing: Crossing, on: date) -> RecordationOut:
    there = [
        verdict
        for code, verdict in weighed.markets.items()
        if market(code).territory == crossing.territory
    ]
    return RecordationOut(
        office=one.office,
        number=one.number,
        text=one.text,
        owner=one.owner,
        recordation_number=one.recordation_number,
        expires_on=one.expires_on,
        ended=one.expires_on is not None and one.expires_on < on,
        users=list(one.users),
        verdict=min(there or weighed.markets.values(), key=RANK.__getitem__),
        listing=Listing.NOT_LISTED,
    )


def _listing(row: RecordationOut, ours: Collection[str]) -> Listing:
    if set(owner_key(row.owner).split(OWNERS)) & set(ours):
        return Listing.OWNER
    users = {fold_name(name) for name in row.users}
    return Listing.LISTED if users & set(ours) else Listing.NOT_LISTED


def _worst_first(row: RecordationOut) -> tuple[bool, int, str, str]:
    return (row.ended, RANK[row.verdict], row.office, row.number)


def _authority(place: str) -> Authority | None:
    try:
        return authority_of_market(place)
    except AuthorityUnknown:
        return None
