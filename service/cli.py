"""The `markpass` command: everything is wired here, and problems are told in both languages."""

import sys

import typer
from rich.console import Console

from service.core import commands as core
from service.core import logs
from service.core.errors import Problem
from service.demonstration import commands as demonstration
from service.identity import commands as identity
from service.registry import commands as registry
from service.registry.index_commands import index
from service.rules import commands as rules
from service.screening import commands as screening
from service.serving import serve
from service.ui.i18n import Language, translator
from service.worker import run

EXIT_PROBLEM = 2
err = Console(stderr=True)

app = typer.Typer(
    help="Markpass 标通: screen brand names against trademark registers, market by market.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(identity.user, name="user")
app.add_typer(index, name="index")
for name, command in {
    "screen": screening.screen,
    "compare": screening.compare,
    "import": registry.import_,
    "registers": registry.registers,
    "demo": demonstration.demo,
    "rules": rules.rules,
    "deadline": rules.deadline,
    "serve": serve,
    "worker": core.worker_command(run),
    "migrate": core.migrate,
    "setup": identity.setup,
    "erase": identity.erase,
    "backup": core.backup,
    "restore": core.restore,
    "audit-verify": core.audit_verify,
}.items():
    app.command(name)(command)


def main() -> int:
    """Run one command; a problem ends it with code 2 and says the way out in both languages."""
    logs.configure(json=False, level="WARNING")
    try:
        app()
    except Problem as problem:
        tell(problem)
        return EXIT_PROBLEM
    return 0


def tell(problem: Problem) -> None:
    """Print a problem, its fields and the way out, in both languages."""
    for language in (Language.EN, Language.ZH_HANS):
        words = translator(language)
        err.print(f"[bold red]{words.text(problem.title)}[/]: ", end="")
        err.print(words.text(problem.detail, **problem.members), markup=False, highlight=False)
        for fault in problem.errors:
            text = words.text(fault.message, **fault.values)
            if fault.message != problem.detail:
                err.print(f"  {fault.field}: {text}", markup=False, highlight=False)
            elif language is Language.EN:
                err.print(f"  ({fault.field})", markup=False, highlight=False)


if __name__ == "__main__":
    sys.exit(main())
