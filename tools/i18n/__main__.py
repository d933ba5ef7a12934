"""Translations at the command line.

python -m tools.i18n check            every fault of every module; exit code 1 if there is one
python -m tools.i18n missing MODULE   the messages of a module without a translation
python -m tools.i18n update MODULE    rewrite the module's catalogue: add missing, drop unused
"""

import argparse
import sys

from tools.i18n.catalogues import faults_of, missing_of, update_module
from tools.i18n.extraction import collect
from tools.i18n.literals import fault_lines


def main() -> int:
    """Run one of the three commands and return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.i18n",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=("check", "missing", "update"))
    parser.add_argument("module", nargs="*", help="all modules when none is named")
    given = parser.parse_args()
    uses = collect()
    modules = given.module or sorted({name for names in uses.modules.values() for name in names})
    lines: list[str] = []
    for module in modules:
        if given.command == "check":
            lines += [f"{module}: {fault}" for fault in faults_of(module, uses)]
        elif given.command == "missing":
            lines += [f"{module}: {m.text}" for m in missing_of(module, uses)]
        else:
            lines.append(f"{module}: {update_module(module, uses)} to translate")
    if given.command == "check":
        lines += fault_lines()
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return int(given.command == "check" and bool(lines))


if __name__ == "__main__":
    raise SystemExit(main())
