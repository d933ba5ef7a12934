"""Command line: organisations, and how they stand to one another."""

from typing import Annotated

import typer
from rich.console import Console

from service.core.console import opened
from service.core.errors import FieldError, Invalid
from service.core.text import N_
from service.identity.domain import Branch, Link
from service.identity.names import BRANCH_NAMES, KIND_NAMES
from service.identity.permissions import OrganisationKind, console
from service.identity.repository import Organisations
from service.identity.usecases.organisations import LINK_FIELDS, add_organisation
from service.ui.console import line, said, tell

organisation = typer.Typer(
    help=(
        "Exporters, stations, bureaus, customs and other bodies. "
        "出口企业、工作站、主管局、海关和其他单位。"
    ),
    no_args_is_help=True,
)
out = Console()
Other = Annotated[str, typer.Option(help="Its name or credit code. 名称或统一社会信用代码。")]


@organisation.command("add")
def add(
    name_zh: Annotated[
        str, typer.Argument(help="Name in Chinese, as on the licence. 营业执照上的中文名称。")
    ],
    *,
    kind: Annotated[
        OrganisationKind, typer.Option(help="What kind of organisation it is. 单位类型。")
    ],
    name_en: Annotated[str, typer.Option(help="Name in English. 英文名称。")] = "",
    branch: Annotated[
        Branch | None, typer.Option(help="What it is within its kind. 在该类型中的细分。")
    ] = None,
    uscc: Annotated[str, typer.Option(help="Unified social credit code. 统一社会信用代码。")] = "",
    customs_code: Annotated[
        str, typer.Option(help="Customs registration code. 海关注册编码。")
    ] = "",
    eori: Annotated[str, typer.Option(help="EORI number. EORI 号码。")] = "",
    iec: Annotated[
        str, typer.Option(help="Importer-Exporter Code (India). 印度进出口商编码（IEC）。")
    ] = "",
    tax_number: Annotated[str, typer.Option(help="Tax number abroad. 境外税号。")] = "",
    country: Annotated[str, typer.Option(help="Two-letter code. 两位字母代码。")] = "CN",
    address: Annotated[str, typer.Option(help="As on the licence. 营业执照上的地址。")] = "",
    address_en: Annotated[str, typer.Option(help="Address in English. 英文地址。")] = "",
    park: Annotated[str, typer.Option(help="Park it lies in. 所在园区。")] = "",
    parent: Other = "",
    operator: Other = "",
    supervisor: Other = "",
    served_by: Other = "",
) -> None:
    """Add an organisation, with its links to others that are there already.

    添加单位及其与已有单位的关系。
    """
    named = {
        Link.PARENT: parent,
        Link.OPERATOR: operator,
        Link.SUPERVISOR: supervisor,
        Link.SERVED_BY: served_by,
    }
    with opened() as (_, database), database.write() as session:
        found = Organisations(session)
        links = {
            LINK_FIELDS[link]: _id_of(found, link, name) for link, name in named.items() if name
        }
        row = add_organisation(
            session,
            console(),
            kind=kind,
            name_zh=name_zh,
            name_en=name_en,
            branch=branch,
            uscc=uscc,
            customs_code=customs_code,
            eori=eori,
            iec=iec,
            tax_number=tax_number,
            country=country,
            address=address,
            address_en=address_en,
            park=park,
            **links,
        )
    tell(out, N_("Added: {name}, {id}"), name=row.name_zh, id=str(row.id))


def _id_of(organisations: Organisations, link: Link, name: str) -> object:
    row = organisations.named(name)
    if row is None:
        detail = N_("There is no organisation {name}.")
        raise Invalid(detail, name=name, errors=[FieldError(link.value, detail, {"name": name})])
    return row.id


@organisation.command("list")
def show(
    kind: Annotated[
        OrganisationKind | None, typer.Option(help="Only of this kind. 只列此类型。")
    ] = None,
) -> None:
    """List organisations by kind and name: id, name, credit code, kind and branch.

    按类型和名称列出单位：编号、名称、信用代码、类型、细分。
    """
    with opened() as (_, database), database.read() as session:
        for one in [kind] if kind else OrganisationKind:
            for row in Organisations(session).of_kind(one):
                branch = said(BRANCH_NAMES[row.branch]) if row.branch else ""
                line(out, row.id, row.name_zh, row.uscc or "", said(KIND_NAMES[one]), branch)
