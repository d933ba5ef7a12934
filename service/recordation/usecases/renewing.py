"""Renewals: the right's own first, what comes with a day, and changes told to the authority."""

import logging
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from service.cases.usecases.clocks import meet_deadline
from service.core import clock
from service.core.db import Database
from service.core.errors import FieldError, Invalid, NotFound, Problem
from service.core.text import N_
from service.identity.auditing import note
from service.identity.permissions import Actor, Permission, console
from service.recordation.domain import (
    LIVE,
    FilingStatus,
    RoundKind,
    TaskStatus,
)
from service.recordation.models import Asset, ChangeTask, Filing, OfficeRenewal
from service.recordation.repository import Assets, Filings, check_acts_for, usable_file
from service.recordation.usecases.cases import by_clock
from service.recordation.usecases.changes import clocks_of, notice, notice_changes
from service.recordation.usecases.moving import take_step
from service.recordation.usecases.substance import status_of
from service.recordation.usecases.windows import last_day_of, window_of
from service.recordation.usecases.writing import Entry, add_round
from service.registry.domain import RightStatus
from service.registry.holdings import Rights
from service.registry.repository import Marks
from service.rules.authorities import authority

S = FilingStatus
log = logging.getLogger(__name__)


def apply_office_renewal(
    session: Session, actor: Actor, asset: Asset, *, applied_on: date, number: str = ""
) -> OfficeRenewal:
    """Note that renewal of the right itself was asked for at its office."""
    actor.need(Permission.RECORDATION_WRITE)
    if asset.expires_on is None:
        raise Invalid(N_("The end of the right is not known: enter it first."))
    if applied_on > clock.today():
        detail = N_("That day is still to come.")
        raise Invalid(detail, errors=[FieldError("applied_on", detail)])
    rows = Assets(session, actor).renewals(asset.id)
    row = next((one for one in rows if one.old_end == asset.expires_on), None)
    if row is None:
        row = OfficeRenewal(asset_id=asset.id, old_end=asset.expires_on, applied_on=applied_on)
        session.add(row)
    row.applied_on, row.number = applied_on, number
    session.flush()
    note(session, actor, "right-renewal.applied", ("recordation-right", asset.id))
    return row


def certify_office_renewal(
    session: Session,
    actor: Actor,
    asset: Asset,
    *,
    certified_on: date,
    new_end: date,
    certificate_file_id: UUID,
) -> OfficeRenewal:
    """Enter the office's certificate: the right ends later now. A filed one has its change noticed.

    Raises:
        Invalid: the new end is not after the old one, or no renewal was applied for.
    """
    actor.need(Permission.RECORDATION_WRITE)
    usable_file(session, actor, certificate_file_id, asset.organisation_id)
    rows = Assets(session, actor).renewals(asset.id)
    row = next((one for one in rows if one.certified_on is None), None)
    if row is None:
        raise Invalid(N_("Enter first when renewal was applied for at the office."))
    if new_end <= row.old_end:
        detail = N_("Give a day after the present last day.")
        raise Invalid(detail, errors=[FieldError("new_end", detail)])
    row.certified_on, row.new_end = certified_on, new_end
    row.certificate_file_id = certificate_file_id
    asset.expires_on, asset.status = new_end, RightStatus.IN_FORCE
    asset.checked_at, asset.check_source = clock.now(), N_("certificate of renewal")
    session.flush()
    note(session, actor, "right-renewal.certified", ("recordation-right", asset.id))
    notice_changes(session, actor, [asset.id], on=certified_on)
    return row


def tell_change(
    session: Session, actor: Actor, filing: Filing, task_id: UUID, entry: Entry
) -> ChangeTask:
    """Record that the authority was told: what is true now is frozen as a round of its own.

    Raises:
        NotFound: no such open task.
        Invalid: neither receipt number nor proof.
    """
    actor.need(Permission.FILING_FILE)
    check_acts_for(session, actor, filing.organisation_id)
    task = session.get(ChangeTask, task_id)
    if task is None or task.filing_id != filing.id or task.status is not TaskStatus.OPEN:
        raise NotFound(N_("There is no such open change."))
    if not (entry.receipt_no or entry.proof_file_id):
        detail = N_("Give the receipt number, or the file that proves the submission.")
        raise Invalid(detail, errors=[FieldError("receipt_no", detail)])
    if entry.proof_file_id:
        usable_file(session, actor, entry.proof_file_id, filing.organisation_id)
    sent = add_round(session, actor, filing, RoundKind.CHANGE, entry)
    sent.granted, sent.decided_on = True, entry.when or clock.today()
    task.round_id, task.status = sent.id, TaskStatus.FILED
    task.settled_at = clock.now()
    for deadline in clocks_of(session, task):
        meet_deadline(
            session, actor, deadline, when=entry.when, proof=entry.receipt_no or entry.note
        )
    session.flush()
    return task


def turn_filings(database: Database) -> int:
    """Do what comes with the day: windows that open, terms that end, rights that changed.

    One transaction for each filing, so that one that cannot be moved does not hold up the others.
    Running it twice on a day does nothing twice. Returns how many filings moved.
    """
    everyone, moved = console(), 0
    with database.read() as session:
        ids = [filing.id for filing in Filings(session, everyone).kept()]
    for filing_id in ids:
        try:
            with database.write() as session:
                moved += turn(session, Filings(session, everyone).get(filing_id))
        except Problem as problem:
            log.warning("filing %s not turned: %s", filing_id, problem.code)
    return moved


def turn(session: Session, filing: Filing) -> bool:
    """Move one filing as the day asks; look at its right again first."""
    actor, today = by_clock(filing), clock.today()
    asset = Assets(session, actor).get(filing.asset_id)
    follow_source(session, actor, asset)
    if filing.status in LIVE:
        notice(session, actor, filing)
    last = last_day_of(filing, asset)
    if last and last < today and filing.status in (*LIVE, S.SUSPENDED):
        reason = N_("The right has ended, and the recordation with it.")
        lapsed = asset.expires_on is not None and asset.expires_on <= last
        told = reason if lapsed else N_("The term has ended without a renewal.")
        take_step(session, actor, filing, "expire", Entry(note=told), version=filing.version)
        return True
    opens = window_of(filing, asset, authority(filing.authority)).opens_on
    if opens and opens <= today and filing.status in (S.ACTIVE, S.RENEWED):
        take_step(session, actor, filing, "open_renewal", Entry(), version=filing.version)
        return True
    return False


def follow_source(session: Session, actor: Actor, asset: Asset) -> bool:
    """Bring a right up to date with the registry it was taken from; say whether it changed."""
    values: dict[str, object] = {}
    if asset.right_id is not None:
        right = Rights(session, actor).get(asset.right_id)
        values = {"status": right.status}
        if right.expires_on:
            values["expires_on"] = right.expires_on
    elif asset.mark_id is not None:
        mark = Marks(session).by_id(asset.mark_id)
        values = {"status": status_of(mark)}
        if mark.record.expires_on:
            values["expires_on"] = mark.record.expires_on
    certified = [one.new_end for one in Assets(session, actor).renewals(asset.id) if one.new_end]
    if certified and values.get("expires_on") and values["expires_on"] < max(certified):  # type: ignore[operator]
        values.pop("expires_on")  # the certificate is newer than the register
    changed = {name for name, value in values.items() if getattr(asset, name) != value}
    for name in changed:
        setattr(asset, name, values[name])
    if changed:
        asset.updated_at = clock.now()
        session.flush()
        note(session, actor, "recordation-right.followed", ("recordation-right", asset.id))
    return bool(changed)
