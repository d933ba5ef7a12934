"""The `markpass` command: everything is wired here, and problems are told in both languages."""

import io
import logging
import sys
from collections.abc import Callable

import typer
from pydantic import ValidationError
from rich.console import Console
from sqlalchemy.exc import SQLAlchemyError

from service import upkeep
from service.core import logs
from service.core.errors import FieldError, Invalid, Problem, Unavailable
from service.core.settings import Settings
from service.core.text import N_
from service.demonstration import commands as demonstration
from service.identity import commands as identity
from service.identity.commands_organisations import organisation
from service.registry import commands as registry
from service.registry.index_commands import index
from service.rules import commands as rules
from service.screening import commands as screening
from service.serving import mcp, serve
from service.ui.forms import SENTENCES, UNKNOWN_FAULT
from service.ui.i18n import Language, translator
from service.worker import run

EXIT_PROBLEM = 2
log = logging.getLogger(__name__)
err = Console(stderr=True)

app = typer.Typer(
    help=(
        "Markpass 标通: screen brand names against trademark registers, market by market. "
        "逐个市场对照商标登记簿筛查品牌名称。"
    ),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(identity.user, name="user")
app.add_typer(organisation, name="organisation")
app.add_typer(index, name="index")
COMMANDS: dict[str, Callable[..., None]] = {
    "screen": screening.screen,
    "compare": screening.compare,
    "import": registry.import_,
    "registers": registry.registers,
    "demo": demonstration.demo,
    "rules": rules.rules,
    "deadline": rules.deadline,
    "serve": serve,
    "worker": upkeep.worker_command(run),
    "mcp": mcp,
    "migrate": upkeep.migrate,
    "setup": identity.setup,
    "erase": identity.erase,
    "backup": upkeep.backup,
    "restore": upkeep.restore,
    "audit-verify": upkeep.audit_verify,
}
for name, command in COMMANDS.items():
    app.command(name)(command)


def main() -> int:
    """Run one command; a problem ends it with code 2 and says the way out in both languages.

    Ctrl-C ends it with code 130. A fault of ours prints its trace and ends with 2 as well: code 1
    always means that something was found (`screen`) or left out, never that nothing was looked at.
    """
    logs.configure(json=False, level="WARNING")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that knows no Chinese
    try:
        app()
    except Problem as problem:
        tell(problem)
    except ValidationError as fault:
        tell(_wrong_values(fault))
    except SQLAlchemyError as fault:
        reason = str(getattr(fault, "orig", None) or fault)
        tell(Unavailable(N_("The database does not answer: {reason}."), reason=reason.strip()))
    except OSError as fault:
        detail = N_("{path}: {reason}.")
        tell(Problem(detail, path=fault.filename or "", reason=fault.strerror or str(fault)))
    except Exception:
        log.exception("markpass")
        tell(Problem(N_("It is our fault. Report it with the lines above.")))
    return EXIT_PROBLEM


def _wrong_values(fault: ValidationError) -> Invalid:
    """Return values that do not fit; settings are named by the variable they are read from."""
    prefix = "MARKPASS_" if fault.title == Settings.__name__ else ""
    errors = [
        FieldError(
            f"{prefix}{'.'.join(map(str, each['loc']))}".upper() if prefix else "",
            SENTENCES.get(each["type"], UNKNOWN_FAULT),
            dict(each.get("ctx", {})),
        )
        for each in fault.errors(include_url=False)
    ]
    return Invalid(N_("Please correct the marked fields."), errors=errors)


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
