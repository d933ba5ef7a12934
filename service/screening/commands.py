"""Command line: screen a name or a catalogue, compare two marks."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from service.core.console import opened
from service.core.db import Database
from service.core.errors import FieldError, Problem
from service.core.settings import Settings
from service.core.text import N_
from service.identity.permissions import Actor, Role, console
from service.identity.repository import People
from service.registry.finder import Finder
from service.registry.index_commands import ready_finder
from service.screening.catalogue import Defaults, Row, opened_result, read_catalogue
from service.screening.domain import Verdict
from service.screening.errors import NoName
from service.screening.schemas import CompareIn, RouteIn, ScreeningIn, ScreeningOut
from service.screening.usecases.comparing import compare_marks
from service.screening.usecases.screening import run_screening

out = Console()
err = Console(stderr=True)

COLOURS = {
    Verdict.BLOCKED: "bold white on red",
    Verdict.HIGH: "bold red",
    Verdict.MEDIUM: "yellow",
    Verdict.LOW: "cyan",
    Verdict.NO_CONFLICT_FOUND: "green",
    Verdict.NOT_SEARCHED: "magenta",
}
EXIT_CONFLICT = 1
"""`screen` ends with 1 where a market is blocked or high, with 2 on a problem, else with 0."""
SHOWN = 10

Names = Annotated[list[str] | None, typer.Argument(help="Names of one brand family.")]
Goods = Annotated[
    list[str] | None,
    typer.Option("--goods", help="class:12, hs:8711.60, group:1204 or words; may be repeated."),
]


def screen(
    names: Names = None,
    *,
    goods: Goods = None,
    origin: Annotated[str, typer.Option("--from", help="Where the goods come from.")] = "CN",
    to: Annotated[str, typer.Option("--to", help="Markets, separated by commas.")] = "",
    limit: Annotated[
        int | None, typer.Option(min=1, max=1000, help="Hits explained and stored.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    catalogue: Annotated[
        Path | None, typer.Option(help="A .csv or .xlsx of products.", dir_okay=False)
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Result: .jsonl, .csv or .xlsx.")
    ] = None,
    login: Annotated[str, typer.Option("--as", help="Screen as this person (login).")] = "",
) -> None:
    """Screen names for markets, or a whole catalogue; exit code 1 when one is blocked or high."""
    defaults = Defaults(tuple(goods or ()), origin, _codes(to), limit)
    with opened() as (settings, database):
        actor = _actor(database, login)
        finder = ready_finder(database, settings)
        if catalogue is not None:
            _screen_catalogue(settings, database, finder, actor, catalogue, output, defaults)
            return
        asked = (
            ScreeningIn(
                names=names or [],
                goods=list(defaults.goods),
                route=RouteIn(origin=origin, destinations=list(defaults.destinations) or [""]),
                limit=limit,
            )
            if names
            else None
        )
        if asked is None:
            detail = N_("Enter the name as it stands on the goods.")
            raise NoName(detail, errors=[FieldError("names", detail)])
        answer = run_screening(database, settings, finder, actor, asked)
    if as_json:
        typer.echo(answer.model_dump_json(indent=2))
    else:
        show(answer)
    worst = {market.verdict for market in answer.markets.values()}
    if worst & {Verdict.BLOCKED, Verdict.HIGH}:
        raise typer.Exit(EXIT_CONFLICT)


def _codes(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _actor(database: Database, login: str) -> Actor:
    if not login:
        return console(role=Role.STATION_LEAD)
    with database.read() as session:
        person = People(session, console()).named(login)
        return Actor(person.id, person.organisation_id, person.role)


def _screen_catalogue(
    settings: Settings,
    database: Database,
    finder: Finder,
    actor: Actor,
    catalogue: Path,
    output: Path | None,
    defaults: Defaults,
) -> None:
    rows = list(read_catalogue(catalogue, settings, defaults))
    target = output or catalogue.with_suffix(".jsonl")
    failed = 0
    columns = (TextColumn("Screening"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with opened_result(target) as writer, Progress(*columns, console=err) as progress:
        task = progress.add_task("", total=len(rows))
        for row in rows:
            answer, problem = _try(settings, database, finder, actor, row)
            failed += answer is None
            writer.write(row, answer, problem)
            progress.advance(task)
    err.print(f"{len(rows) - failed} of {len(rows)} rows screened → {target}")
    if failed:
        raise typer.Exit(2)


def _try(
    settings: Settings, database: Database, finder: Finder, actor: Actor, row: Row
) -> tuple[ScreeningOut | None, str]:
    try:
        return run_screening(database, settings, finder, actor, row.asked), ""
    except Problem as problem:
        err.print(f"row {row.place}: {problem}")
        return None, str(problem)


def show(answer: ScreeningOut) -> None:
    """Print an answer for a person."""
    out.print(f"[bold]{' / '.join(answer.input.names)}[/]  {answer.screening_id}")
    table = Table("market", "verdict", "coverage", "what was found")
    for code, market in answer.markets.items():
        colour = COLOURS[market.verdict]
        table.add_row(
            f"{code} {market.name.zh}",
            f"[{colour}]{market.verdict.value}[/]",
            market.coverage.value,
            f"{market.sentence.en}\n{market.sentence.zh}",
        )
    out.print(table)
    for hit in answer.hits[:SHOWN]:
        mark = hit.mark
        classes = ",".join(map(str, mark.classes))
        colour = COLOURS[hit.verdict]
        out.print(
            f"[{colour}]{hit.verdict.value:>9}[/] {hit.similarity:.3f}  {mark.office} {mark.number}"
            f"  [bold]{mark.text}[/]  {mark.owner}  [{mark.status}; {classes}]",
            highlight=False,
        )
        out.print(f"           {hit.explanation.en}\n           {hit.explanation.zh}", style="dim")
    if answer.truncated or len(answer.hits) > SHOWN:
        counts = ", ".join(
            f"{count} {verdict}" for verdict, count in answer.counts.items() if count
        )
        out.print(f"In all: {counts}.")
    out.print("Not searched or compared:", style="bold")
    for missing in answer.not_searched:
        out.print(f"  - {missing.explanation.en}  {missing.explanation.zh}", highlight=False)
    out.print(answer.disclaimer.en, style="dim")


def compare(
    a: Annotated[str, typer.Argument(help="One mark.")],
    b: Annotated[str, typer.Argument(help="The other.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Compare two marks on three axes; no register is searched."""
    found = compare_marks(console(role=Role.STATION_LEAD), CompareIn(a=a, b=b))
    if as_json:
        typer.echo(found.model_dump_json(indent=2))
        return
    out.print(f"[bold]{a}[/] / [bold]{b}[/]  similarity {found.similarity:.3f}")
    table = Table("axis", "degree", "score", "compared", "alignment")
    for name, axis in found.axes.items():
        steps = " ".join(
            step.query if step.op == "equal" else f"[{step.query}→{step.mark}]"
            for step in axis.alignment
        )
        pair = f"{axis.query} / {axis.mark}" if axis.kind else ""
        table.add_row(name, axis.degree, f"{axis.score:.2f}", pair, steps.replace("[", "\\["))
    out.print(table)
    out.print(f"{found.explanation.en}\n{found.explanation.zh}")
