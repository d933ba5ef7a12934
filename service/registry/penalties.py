"""All SQL of published penalty decisions. They are public: there is no tenant filter."""

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.core.pagination import Cursor, cut, newest_first
from service.registry.models import Penalty
from service.registry.prepared import fold, fold_name

CHUNK = 500
QUOTED = re.compile("[\"'“”‘’「」『』《》]")

# Made once: a screening asks it for each territory on its way.
_ABOUT = (
    sa.select(Penalty)
    .where(
        Penalty.territory == sa.bindparam("territory"),
        sa.or_(
            Penalty.mark_key.in_(sa.bindparam("keys", expanding=True)),
            Penalty.recordation_number.in_(sa.bindparam("numbers", expanding=True)),
        ),
    )
    .order_by(Penalty.decided_on.desc(), Penalty.id.desc())
    .limit(sa.bindparam("most"))
)


class Penalties:
    """The published decisions that are loaded."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def page(
        self, cursor: Cursor, *, text: str = "", party: str = "", since: date | None = None
    ) -> tuple[Sequence[Penalty], str | None]:
        """Return some decisions, the last loaded first; `text`: of the mark, `party`: its name."""
        query = sa.select(Penalty)
        if text:
            query = query.where(Penalty.mark_key == mark_key(text))
        if party:
            query = query.where(Penalty.party.icontains(party, autoescape=True))
        if since:
            query = query.where(Penalty.decided_on >= since)
        rows = self._session.scalars(newest_first(query, Penalty.id, cursor))
        return cut(list(rows), cursor)

    def by_key(self, keys: Sequence[str]) -> dict[str, Penalty]:
        """Return the decisions of these keys."""
        found: dict[str, Penalty] = {}
        for start in range(0, len(keys), CHUNK):
            query = sa.select(Penalty).where(Penalty.key.in_(keys[start : start + CHUNK]))
            found |= {row.key: row for row in self._session.scalars(query)}
        return found

    def about(
        self, territory: str, names: Iterable[str], numbers: Collection[str], most: int = 20
    ) -> Sequence[Penalty]:
        """Return the newest decisions about marks of these words or recordation numbers."""
        keys = {mark_key(name) for name in names}
        asked = {"territory": territory, "keys": [*keys], "numbers": [*numbers], "most": most}
        return self._session.scalars(_ABOUT, asked).all()

    def of_parties(self, names: Collection[str]) -> dict[str, list[Penalty]]:
        """Return the decisions against parties known by these folded names or codes, by each."""
        asked, found = list(names), dict[str, list[Penalty]]()
        for start in range(0, len(asked), CHUNK):
            part = asked[start : start + CHUNK]
            match = sa.or_(Penalty.party_key.in_(part), Penalty.party_code.in_(part))
            for row in self._session.scalars(sa.select(Penalty).where(match)):
                for known in {row.party_key, row.party_code} & set(part):
                    found.setdefault(known, []).append(row)
        return found


def party_key(name: str) -> str:
    """Return under what a party is looked up."""
    return fold_name(name)[:120]


def code_key(code: str) -> str:
    """Return under what a credit code or customs code is looked up."""
    return fold_name(code)[:30]


def mark_key(text: str) -> str:
    """Return under what the words of a mark are looked up: without quotation marks and 商标."""
    return fold(QUOTED.sub("", text).removesuffix("商标"))[:48]
