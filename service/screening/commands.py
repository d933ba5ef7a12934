"""Command line: screen a name or a catalogue, compare two marks."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from pydantic import BaseModel, ValidationError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from service.core.console import opened
from service.core.db import Database
from service.core.errors import FieldError, Invalid
from service.core.settings import Settings
from service.core.text import N_
from service.identity.permissions import Actor, Role, console
from service.identity.repository import People
from service.registry.index_commands import ready_finder
from service.screening.bulk import Screener, screen_rows
from service.screening.catalogue import Defaults, Row, read_catalogue, wrong_fields
from service.screening.domain import Verdict
from service.screening.errors import NoName
from service.screening.reach import markets_loaded
from service.screening.repository import register_states
from service.screening.results import Writer, opened_result, said
from service.screening.schemas import CompareIn, ScreeningIn, ScreeningOut
from service.screening.showing import COLOURS, show_answer, show_comparison
from service.screening.slots import catalogue_slot
from service.screening.usecases.comparing import compare_marks
from service.screening.usecases.screening import run_screening
from service.ui.console import said as in_both
from service.ui.console import tell

__all__ = ["COLOURS", "compare", "screen"]

out = Console()
err = Console(stderr=True)

EXIT_CONFLICT, EXIT_PROBLEM = 1, 2
SEPARATORS = re.compile(r"[;；,，、]")
SHEETS = (".csv", ".xlsx", ".xls", ".txt", ".tsv")
TOLD = 20
"""Problems of rows that are printed; the result has all of them."""
Model = TypeVar("Model", bound=BaseModel)

Names = Annotated[
    list[str] | None,
    typer.Argument(
        help="Names of one brand family: 雅迪 YADEA. 同一品牌的各个名称：雅迪 YADEA。",
        metavar="NAME…",
    ),
]
Goods = Annotated[
    list[str] | None,
    typer.Option(
        "--goods",
        help="class:12, hs:8711.60, group:1204 or words; may be repeated. 也可用文字； 可重复。",
    ),
]
Origin = Annotated[str, typer.Option("--from", help="Market the goods come from. 货物来自的市场。")]
To = Annotated[
    list[str] | None,
    typer.Option(
        "--to",
        help="Markets, separated by commas; without it, every loaded register."
        " 目的市场，用逗号分隔； 不写则为所有已载入的登记簿。",
    ),
]
Limit = Annotated[
    int | None,
    typer.Option(
        min=1,
        help="Hits explained and stored; MARKPASS_HITS_DEFAULT if not given, MARKPASS_HITS_MAX"
        " at most. 说明并保存的命中数； 不写则取前一设置， 不超过后一设置。",
    ),
]
AsJson = Annotated[
    bool,
    typer.Option("--json", help="Print one JSON object and nothing else. 只输出一个 JSON 对象。"),
]
Catalogue = Annotated[
    Path | None,
    typer.Option(
        help="A .csv or .xlsx of products: name (or name_zh, name_latin), goods, from, to, sku."
        " 产品表（.csv 或 .xlsx）。",
        dir_okay=False,
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        help="Result of a catalogue: .jsonl, .csv or .xlsx. 产品目录的结果。",
    ),
]
Login = Annotated[
    str, typer.Option("--as", help="Screen as this person (login). 以此人（登录名）的身份筛查。")
]


def screen(
    names: Names = None,
    *,
    goods: Goods = None,
    origin: Origin = "CN",
    to: To = None,
    limit: Limit = None,
    as_json: AsJson = False,
    catalogue: Catalogue = None,
    output: Output = None,
    login: Login = "",
) -> None:
    """Screen names for markets, or every row of a catalogue.

    Exit code 0: no market is blocked or high (a catalogue: every row was screened); 1: a market is
    blocked or high; 2: a problem, and nothing was screened (a catalogue: the result names the rows
    it is about).

    按市场筛查名称，或筛查产品目录的每一行。
    退出码 0：没有市场为“禁行”或“高”；1：有；2：出现问题，未作筛查。
    """
    _check_shape(names or [], catalogue, output, as_json=as_json)
    with opened() as (settings, database):
        actor = _actor(database, login)
        defaults = Defaults(_split(goods, ";"), origin, _markets(database, to), limit)
        if catalogue is not None:
            target = output or catalogue.with_suffix(".jsonl")
            _screen_catalogue(settings, database, actor, catalogue, target, defaults)
            return
        asked = {
            "names": names,
            "goods": defaults.goods,
            "route": {"origin": origin, "destinations": defaults.destinations or [""]},
            "limit": limit,
        }
        question = _read(ScreeningIn, asked)
        finder = ready_finder(database, settings)
        answer = run_screening(database, settings, finder, actor, question)
    _tell(answer, as_json=as_json)
    worst = {market.verdict for market in answer.markets.values()}
    if worst & {Verdict.BLOCKED, Verdict.HIGH}:
        raise typer.Exit(EXIT_CONFLICT)


def _check_shape(
    names: list[str], catalogue: Path | None, output: Path | None, *, as_json: bool
) -> None:
    """Refuse options that do not go together, before anything is opened."""
    if catalogue is None:
        if not any(name.strip() for name in names):
            detail = N_("Enter the name as it stands on the goods.")
            raise NoName(detail, errors=[FieldError("names", detail)])
        if output is not None:
            raise _misused("output", N_("-o is for a catalogue; for names use --json > FILE."))
        if len(names) == 1 and names[0].lower().endswith(SHEETS) and Path(names[0]).is_file():
            raise _misused("names", N_("This is a file: screen its rows with --catalogue FILE."))
        return
    if names:
        raise _misused("names", N_("Give names or a catalogue, not both."))
    if as_json:
        raise _misused("json", N_("A catalogue writes to a file: use -o RESULT.jsonl."))
    if output is not None and output.resolve() == catalogue.resolve():
        raise _misused("output", N_("The result would overwrite the catalogue: name another file."))


def _misused(field: str, detail: str) -> Invalid:
    return Invalid(detail, errors=[FieldError(field, detail)])


def _read(model: type[Model], values: Mapping[str, object]) -> Model:
    try:
        return model.model_validate(values)
    except ValidationError as fault:
        raise wrong_fields(fault, model) from None


def _split(values: list[str] | None, separators: str) -> tuple[str, ...]:
    parts = [part.strip() for value in values or () for part in re.split(separators, value)]
    return tuple(part for part in parts if part)


def _markets(database: Database, to: list[str] | None) -> tuple[str, ...]:
    """Return the markets named, or those of every loaded register."""
    named = _split(to, SEPARATORS.pattern)
    if named:
        return named
    with database.read() as session:
        return markets_loaded(register_states(session))


def _actor(database: Database, login: str) -> Actor:
    if not login:
        return console(role=Role.STATION_LEAD)
    with database.read() as session:
        person = People(session, console()).named(login)
        return Actor(person.id, person.organisation_id, person.role)


def _tell(answer: ScreeningOut, *, as_json: bool) -> None:
    if as_json:
        typer.echo(answer.model_dump_json(indent=2).encode())
    else:
        show_answer(out, answer)


def _screen_catalogue(
    settings: Settings,
    database: Database,
    actor: Actor,
    catalogue: Path,
    target: Path,
    defaults: Defaults,
) -> None:
    rows = list(read_catalogue(catalogue, settings, defaults))
    with catalogue_slot(database, settings, actor), opened_result(target) as writer:
        failed = _screen_rows(settings, database, actor, target, rows, writer)
    tell(
        err,
        N_("{done} of {count} rows screened → {file}"),
        done=len(rows) - failed,
        count=len(rows),
        file=target,
    )
    if failed:
        raise typer.Exit(EXIT_PROBLEM)


def _screen_rows(
    settings: Settings,
    database: Database,
    actor: Actor,
    target: Path,
    rows: Sequence[Row],
    writer: Writer,
) -> int:
    """Screen the rows and write each as it is done; return how many could not be screened."""
    counts: Counter[Verdict] = Counter()
    failed = 0
    label = TextColumn(in_both(N_("Screening")))
    columns = (label, BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    screener = Screener(settings, database, ready_finder(database, settings), actor, target)
    with Progress(*columns, console=err, transient=True) as progress:
        task = progress.add_task("", total=len(rows))
        for done in screen_rows(screener, rows):
            writer.write(done.rendered)
            counts.update([done.worst] if done.worst else [])
            failed += done.problem is not None
            if done.problem is not None and failed <= TOLD:
                told = "  ".join(said(done.problem).values())
                place = in_both(N_("Row {place}"), place=done.row.place)
                err.print(f"{place}: {told}", markup=False, highlight=False, soft_wrap=True)
            progress.advance(task)
    verdicts = ", ".join(f"{counts[v]} {v.value}" for v in Verdict if counts[v])
    tell(err, N_("Worst verdict of a row: {verdicts}"), verdicts=verdicts or "–")
    return failed


def compare(
    a: Annotated[str, typer.Argument(help="One mark. 一个商标。")],
    b: Annotated[str, typer.Argument(help="The other. 另一个商标。")],
    *,
    as_json: AsJson = False,
) -> None:
    """Compare two marks on three axes; no register is searched.

    从形、音、义三方面比较两个商标；不检索登记簿。
    """
    asked = _read(CompareIn, {"a": a, "b": b})
    found = compare_marks(console(role=Role.STATION_LEAD), asked)
    if as_json:
        typer.echo(found.model_dump_json(indent=2).encode())
    else:
        show_comparison(out, found)
