"""Whom recordations know: rows of loaded lists, and our own filings with their users."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from service.identity.permissions import Actor
from service.recordation.bearing import Bearing, bearing
from service.recordation.domain import LIVE, Way
from service.recordation.models import Asset, AuthorisedUser, Filing, Holder
from service.recordation.repository import Assets, Filings, Holders, Users
from service.recordation.shipping import Lists, folded
from service.recordation.usecases.facts import valid_users
from service.rules.authorities import authority
from service.rules.markets.routes import Passage
from service.screening.decided import OWNERS
from service.screening.domain import Listing, Verdict
from service.screening.schemas import BorderOut, RecordationOut

CARRIES = {
    Passage.STARTS: frozenset({Way.EXPORT, Way.BOTH}),
    Passage.CROSSES: frozenset(Way),
    Passage.ENDS: frozenset({Way.IMPORT, Way.BOTH}),
}
"""Which directions of an authorisation count where the goods start, cross or end."""


@dataclass(frozen=True, slots=True)
class Row:
    """One recordation with whom it knows; `own`: from our filings, not from a loaded list.

    `near`: of a mark that is only similar, so that it proves nothing for the name asked for.
    """

    out: RecordationOut
    lists: Lists
    own: bool
    near: bool = False


@dataclass(frozen=True, slots=True)
class OwnRecordation:
    """A filing in force of a right that bears one of the names, or nearly does."""

    filing: Filing
    asset: Asset
    holder: Holder | None
    entered: tuple[AuthorisedUser, ...]
    """Authorised today and standing in the system of that authority."""
    unentered: tuple[AuthorisedUser, ...]
    near: bool = False


def own_recordations(session: Session, actor: Actor, names: Sequence[str]) -> list[OwnRecordation]:
    """Return the recordations in force the actor keeps, of rights that bear one of the names."""
    filings = Filings(session, actor).all(Filing.status.in_(LIVE))
    ids = {one.asset_id for one in filings}
    assets = {one.id: one for one in Assets(session, actor).among(ids)} if ids else {}
    borne = {title: bearing(title, names) for title in {one.title for one in assets.values()}}
    return [
        _own(session, actor, filing, asset, near=found is Bearing.NEAR)
        for filing in filings
        if (found := borne[(asset := assets[filing.asset_id]).title]) is not None
    ]


def _own(
    session: Session, actor: Actor, filing: Filing, asset: Asset, *, near: bool
) -> OwnRecordation:
    users = Users(session, actor)
    valid = valid_users(users.all(AuthorisedUser.asset_id == asset.id))
    entries = users.entries([one.id for one in valid])

    def there(user: AuthorisedUser) -> bool:
        entry = entries.get((user.id, filing.authority))
        return entry is not None and entry.removed_on is None

    holder = Holders(session, actor).get(asset.holder_id) if asset.holder_id else None
    return OwnRecordation(
        filing,
        asset,
        holder,
        tuple(one for one in valid if there(one)),
        tuple(one for one in valid if not there(one)),
        near,
    )


def rows_of(border: BorderOut, own: Sequence[OwnRecordation]) -> list[Row]:
    """Return what is recorded in a territory: the loaded lists', completed by our own filings."""
    here = [one for one in own if authority(one.filing.authority).market == border.territory]
    ours = {one.filing.recordation_no: one for one in here if one.filing.recordation_no}
    rows = [
        _listed(row, ours.pop(row.recordation_number, None), border.passage)
        for row in border.recordations
    ]
    unnumbered = [one for one in here if not one.filing.recordation_no]
    return rows + [_unlisted(one, border.passage) for one in (*ours.values(), *unnumbered)]


def _listed(row: RecordationOut, own: OwnRecordation | None, passage: Passage) -> Row:
    lists = Lists(folded(row.owner.split(OWNERS)), folded(row.users))
    if own is None:
        return Row(row, lists, own=False)
    more = _lists(own, passage)
    joined = Lists(lists.owners | more.owners, lists.users | more.users, more.unentered)
    return Row(row, joined, own=False)


def _unlisted(own: OwnRecordation, passage: Passage) -> Row:
    holder = own.holder
    out = RecordationOut(
        office=own.asset.territory,
        number=own.asset.number,
        text=own.asset.title,
        owner=(holder.name_zh or holder.name_en) if holder else "",
        recordation_number=own.filing.recordation_no,
        expires_on=own.filing.expires_on,
        ended=False,
        users=[user.name for user in own.entered],
        verdict=Verdict.HIGH if own.near else Verdict.BLOCKED,
        listing=Listing.NOT_LISTED,
    )
    return Row(out, _lists(own, passage), own=True, near=own.near)


def _lists(own: OwnRecordation, passage: Passage) -> Lists:
    holder, ways = own.holder, CARRIES[passage]
    told = (holder.name_zh, holder.name_en, holder.uscc, holder.customs_code) if holder else ()
    return Lists(folded(told), _known(own.entered, ways), _known(own.unentered, ways))


def _known(users: Iterable[AuthorisedUser], ways: Collection[Way]) -> frozenset[str]:
    return folded(
        text
        for user in users
        if user.direction in ways
        for text in (user.name, user.name_en, user.uscc, user.customs_code)
    )
