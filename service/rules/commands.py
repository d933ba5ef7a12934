"""Command line: what the rule library covers, and what date a rule gives."""

import json
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from service.core import clock
from service.rules.coverage import Coverage, coverage
from service.rules.domain import Computed
from service.rules.evaluator import compute
from service.rules.loader import library
from service.rules.reading import read_facts, read_trigger
from service.rules.wire import computed_out, coverage_out

out = Console()
TOLD = ("due", "rule_id", "rule_version", "provisional", "confidence", "explanation")
"""What `deadline --json` prints; the interface answers the whole of it."""


def rules(
    *,
    jurisdiction: Annotated[
        str | None,
        typer.Option(
            help="Only this country or body, such as CN or EU. 只列此国家或机构，如 CN、EU。"
        ),
    ] = None,
    area: Annotated[
        str | None,
        typer.Option(
            help="Only this area, such as customs-detention. 只列此领域，如 customs-detention。"
        ),
    ] = None,
    left_out: Annotated[
        bool,
        typer.Option(
            "--left-out",
            help="Also list the facts with nothing to count. 也列出无需计算期限的事实。",
        ),
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print everything as JSON. 全部以 JSON 输出。")
    ] = False,
) -> None:
    """List what the rules cover, how sure they are, their flags and their age.

    列出规则的覆盖范围、可信度、标记和时效。
    """
    found = coverage(library(), clock.today(), jurisdiction=jurisdiction, area=area)
    if as_json:
        _print_json(coverage_out(found))
        return
    out.print(_coverage_table(found))
    out.print(
        f"{found.rules} rules from {found.facts} facts; {found.counting} more facts say how to "
        f"count; {len(found.left_out)} facts have nothing to count (--left-out lists them).\n"
        f"规则 {found.rules} 条，来自 {found.facts} 项事实；另有 {found.counting} 项规定如何计算；"
        f"{len(found.left_out)} 项无可计算（用 --left-out 列出）。",
        highlight=False,
    )
    if left_out:
        out.print(_left_out_table(found))


def deadline(
    rule_id: Annotated[
        str, typer.Argument(help="A rule, or any version of it. 规则，或其任一版本。")
    ],
    *,
    trigger: Annotated[
        str,
        typer.Option(
            help=(
                "Day or moment of the event: 2026-09-30, 2026-09-30T17:00+08:00. 事件的日期或时刻。"
            )
        ),
    ],
    fact: Annotated[
        list[str] | None,
        typer.Option(help="NAME=VALUE; may be given several times. 名称=值；可重复给出。"),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the date as JSON. 以 JSON 输出期限。")
    ] = False,
) -> None:
    """Compute a date and say why it is that date.

    计算期限并说明理由。
    """
    computed = compute(rule_id, read_trigger(trigger), read_facts(fact or []))
    if as_json:
        whole = computed_out(computed)
        _print_json({name: whole[name] for name in TOLD})
        return
    _print_computed(computed)


def _print_json(value: dict[str, Any]) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def _print_computed(computed: Computed) -> None:
    moment = f"{computed.due_at:%Y-%m-%d %H:%M} {computed.time_zone}"
    state = "  PROVISIONAL 暂定" if computed.provisional else ""
    out.print(f"{computed.title.zh} / {computed.title.en}", highlight=False)
    out.print(f"{moment}  {computed.rule_version}{state}", highlight=False)
    for badge in computed.badges:
        out.print(f"[{_STYLES[badge.colour]}]{badge.label.zh} / {badge.label.en}[/]")
    out.print(computed.explanation.zh, highlight=False, soft_wrap=True, markup=False)
    out.print(computed.explanation.en, highlight=False, soft_wrap=True, markup=False)
    if computed.note:
        out.print(f"{computed.note.zh} / {computed.note.en}", highlight=False, soft_wrap=True)


def _coverage_table(found: Coverage) -> Table:
    table = Table(title="rules 规则")
    for name in HEADINGS:
        table.add_column(name, no_wrap=True)
    table.add_column("flags 标记")
    for row in found.rows:
        flags = ", ".join(f"{name} {count}" for name, count in row.by_flag.items())
        table.add_row(
            row.jurisdiction,
            row.area,
            str(row.counted),
            str(row.left_out),
            str(row.by_confidence["source"]),
            str(row.by_confidence["memory"]),
            str(row.age_days),
            flags,
        )
    return table


def _left_out_table(found: Coverage) -> Table:
    table = Table("fact 事实", "title 名称", "why left out 原因", title="left out 未计算")
    for each in found.left_out:
        title = f"{each.title.zh} / {each.title.en}"
        table.add_row(each.id, title, f"{each.reason.zh} / {each.reason.en}")
    return table


HEADINGS = (
    *("where 地域", "area 领域", "counted 已计算", "left out 未计算"),
    *("source 有来源", "memory 待核实", "age 天数"),
)
_STYLES = {"red": "bold red", "amber": "yellow", "grey": "dim"}
