"""Pages of the substance: rights, and what a filing with each authority would be."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from service.core import clock
from service.core.db import DbSession
from service.core.errors import Problem, Stale
from service.core.pagination import Cursor, CursorOfQuery
from service.core.text import N_
from service.identity.permissions import Actor, Permission
from service.recordation.access import Reader, Writer
from service.recordation.models import Asset, Holder
from service.recordation.repository import (
    Assets,
    Filings,
    GoodsShelf,
    Holders,
    Mandates,
    may_act_for,
)
from service.recordation.schemas import AssetIn
from service.recordation.schemas_filings import CertificateIn, OfficeRenewalIn, StatusIn
from service.recordation.sending import keep_file, needed
from service.recordation.tags import STANDINGS, STATUS_TAGS
from service.recordation.usecases.facts import STATUS_NAMES
from service.recordation.usecases.planning import plan
from service.recordation.usecases.renewing import apply_office_renewal, certify_office_renewal
from service.recordation.usecases.substance import (
    change_asset,
    check_status,
    take_mark,
    take_right,
)
from service.registry.holdings import Rights
from service.rules.authorities import Standing, authorities
from service.rules.authorities.showing import FEE_UNITS, RIGHT_NAMES
from service.ui.forms import Form, PostedForm, id_of, read_form, version_of
from service.ui.render import page
from service.ui.views import Option

router = APIRouter()
SEE_OTHER = 303


class TakeForm(BaseModel):
    """A mark of a loaded register to take in, for oneself or an exporter one files for."""

    office: str = Field(min_length=1, max_length=2, title=N_("Register"))
    number: str = Field(min_length=1, max_length=64, title=N_("Number of the mark"))
    for_id: UUID | None = None


@router.get("/recordation/rights")
def rights(request: Request, actor: Reader, session: DbSession, cursor: CursorOfQuery) -> Response:
    """List the rights of the substance, and those that can be taken in with one click."""
    return _rights(request, session, actor, Form.blank(), cursor)


def _rights(
    request: Request,
    session: Session,
    actor: Actor,
    form: Form,
    cursor: Cursor,
    status: int = 200,
) -> Response:
    rows, following = Assets(session, actor).page(cursor)
    filings = Filings(session, actor).of_assets([row.id for row in rows])
    taken = {row.right_id for row in rows}
    writes = actor.can(Permission.RECORDATION_WRITE)
    held = Rights(session, actor).listed(cursor)[0] if actor.can(Permission.RIGHT_READ) else ()
    return page(
        request,
        "recordation/rights.html",
        status=status,
        form=form,
        rows=rows,
        next=following,
        filings={row.id: [one for one in filings if one.asset_id == row.id] for row in rows},
        offered=[one for one in held if one.id not in taken and one.kind.value != "trade_secret"],
        exporters=_exporters(session, actor) if writes else [],
        writes=writes,
        kinds=RIGHT_NAMES,
        tags=STATUS_TAGS,
        statuses=STATUS_NAMES,
        names={one.code: one.short for one in authorities()},
    )


def _exporters(session: Session, actor: Actor) -> list[Option]:
    return [
        Option(str(one.id), one.name_zh, data=True)
        for one in Mandates(session, actor).exporters()
        if one.kind.value == "exporter"
    ]


@router.post("/recordation/rights")
def take(request: Request, actor: Writer, session: DbSession, sent: PostedForm) -> Response:
    """Take a right or a mark into the substance."""
    try:
        with session.begin_nested():
            if sent.get("right_id"):
                asset = take_right(session, actor, id_of(sent["right_id"]))
            else:
                asked = read_form(TakeForm, sent)
                asset = take_mark(
                    session, actor, asked.office.upper(), asked.number, for_id=asked.for_id
                )
    except Problem as problem:
        form = Form.after(problem, sent)
        return _rights(request, session, actor, form, Cursor(), problem.status)
    return RedirectResponse(f"/recordation/rights/{asset.id}", SEE_OTHER)


@router.get("/recordation/rights/{asset_id}")
def right(request: Request, asset_id: UUID, actor: Reader, session: DbSession) -> Response:
    """Show a right with its substance and filings; who may, changes it here."""
    asset = Assets(session, actor).get(asset_id)
    return _right(request, session, actor, asset, asset_form(asset))


def asset_form(asset: Asset) -> Form:
    """Return the form of a right as it stands."""
    plain = {name: getattr(asset, name) for name in AssetIn.model_fields if name != "classes"}
    return Form.blank(**plain, classes="; ".join(asset.classes), status=asset.status.value)


def _right(
    request: Request,
    session: Session,
    actor: Actor,
    asset: Asset,
    form: Form,
    status: int = 200,
) -> Response:
    assets = Assets(session, actor)
    return page(
        request,
        "recordation/right.html",
        status=status,
        form=form,
        asset=asset,
        holder=Holders(session, actor).get(asset.holder_id) if asset.holder_id else None,
        goods=GoodsShelf(session, actor).of_asset(asset.id),
        filings=Filings(session, actor).of_assets([asset.id]),
        renewals=assets.renewals(asset.id),
        writes=writes_here(session, actor, asset),
        kinds=RIGHT_NAMES,
        tags=STATUS_TAGS,
        statuses=STATUS_NAMES,
        status_options=[Option(key.value, text) for key, text in STATUS_NAMES.items()],
        names={one.code: one.short for one in authorities()},
        choices=[
            Option(one.code, one.short, data=True)
            for one in authorities()
            if one.standing is Standing.FULL
        ],
    )


def writes_here(session: Session, actor: Actor, row: Asset | Holder) -> bool:
    """Say whether the actor may change a row of the substance."""
    return actor.can(Permission.RECORDATION_WRITE) and may_act_for(
        session, actor, row.organisation_id
    )


def _on_right(
    request: Request,
    session: Session,
    actor: Actor,
    asset_id: UUID,
    sent: Any,
    change: Callable[[Asset], object],
) -> Response:
    """Do something to a right; a refusal is told on its page, with what was typed."""
    asset = Assets(session, actor).to_change(asset_id)
    try:
        if "version" in sent and version_of(sent) != asset.version:
            raise Stale(N_("Somebody changed this meanwhile. Open it again."))
        with session.begin_nested():
            change(asset)
    except Problem as problem:
        form = Form.after(problem, sent)
        return _right(request, session, actor, asset, form, problem.status)
    return RedirectResponse(f"/recordation/rights/{asset.id}", SEE_OTHER)


@router.post("/recordation/rights/{asset_id}")
def change_right(
    request: Request, asset_id: UUID, actor: Writer, session: DbSession, sent: PostedForm
) -> Response:
    """Change what the forms ask of a right, and its picture."""

    def change(asset: Asset) -> None:
        values = read_form(AssetIn, sent).values()
        image = keep_file(request, session, actor, sent, "image", owner=asset.organisation_id)
        if image is not None:
            values["image_file_id"] = image
        change_asset(session, actor, asset, values)

    return _on_right(request, session, actor, asset_id, sent, change)


@router.post("/recordation/rights/{asset_id}/check")
def check(
    request: Request, asset_id: UUID, actor: Writer, session: DbSession, sent: PostedForm
) -> Response:
    """Note that the legal status was checked today."""

    def change(asset: Asset) -> None:
        body = read_form(StatusIn, sent)
        check_status(session, actor, asset, status=body.status, source=body.source)

    return _on_right(request, session, actor, asset_id, sent, change)


@router.post("/recordation/rights/{asset_id}/renewals")
def office_renewal(
    request: Request, asset_id: UUID, actor: Writer, session: DbSession, sent: PostedForm
) -> Response:
    """Note that renewal of the right was asked for at its office."""

    def change(asset: Asset) -> None:
        body = read_form(OfficeRenewalIn, sent)
        apply_office_renewal(
            session, actor, asset, applied_on=body.applied_on, number=body.renewal_no
        )

    return _on_right(request, session, actor, asset_id, sent, change)


@router.post("/recordation/rights/{asset_id}/certificates")
def certificate(
    request: Request, asset_id: UUID, actor: Writer, session: DbSession, sent: PostedForm
) -> Response:
    """Enter the office's certificate of renewal."""

    def change(asset: Asset) -> None:
        file_id = keep_file(
            request, session, actor, sent, "certificate", owner=asset.organisation_id
        )
        body = read_form(CertificateIn, sent)
        certify_office_renewal(
            session,
            actor,
            asset,
            certified_on=body.certified_on,
            new_end=body.new_end,
            certificate_file_id=needed(file_id, "certificate"),
        )

    return _on_right(request, session, actor, asset_id, sent, change)


@router.get("/recordation/rights/{asset_id}/plan")
def planner(request: Request, asset_id: UUID, actor: Reader, session: DbSession) -> Response:
    """Show for every authority how ready a filing is, what it costs and how long it takes."""
    asset = Assets(session, actor).get(asset_id)
    return page(
        request,
        "recordation/plan.html",
        asset=asset,
        plans=plan(session, actor, asset),
        standings=STANDINGS,
        tags=STATUS_TAGS,
        units=FEE_UNITS,
        today=clock.today(),
        writes=writes_here(session, actor, asset),
    )
