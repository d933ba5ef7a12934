"""The project's own rules for code and for tracked files: each takes a text and names its faults.

A rule is a function from a parsed file to the lines that break it. Where a file may break a rule,
the table `ALLOWED` says so with the reason.
"""

import ast
import functools
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

TIMES = frozenset({"now", "utcnow", "today", "fromtimestamp", "utcfromtimestamp"})
NO_SQL = ("sqlalchemy.orm.Session", "sqlalchemy.orm.exc.", "sqlalchemy.exc.")
STATES = frozenset({"status", "state", "phase"})


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule, and where it does not hold."""

    name: str
    broken_at: Callable[[ast.AST], Iterator[int]]
    allowed: Mapping[str, str]
    """Glob of paths (from the root of the checkout) → reason."""
    within: tuple[str, ...] = ("*.py",)
    """Globs of the files it is about."""

    def faults(self, path: str, tree: ast.AST) -> list[str]:
        """Return `path:line: rule` for each breach in a file."""
        return [] if self.allows(path) else self.breaches(path, tree)

    def breaches(self, path: str, tree: ast.AST) -> list[str]:
        """Return the same, where the file may break the rule as well."""
        if not any(map(PurePosixPath(path).match, self.within)):
            return []
        return [f"{path}:{line}: {self.name}" for line in self.broken_at(tree)]

    def allows(self, path: str) -> bool:
        """Say whether a file may break the rule."""
        return any(map(PurePosixPath(path).match, self.allowed))


def commits(tree: ast.AST) -> Iterator[int]:
    """Find `.commit()` and `.rollback()`: a request is one transaction, ended in one place."""
    for call in _calls(tree):
        if isinstance(call.func, ast.Attribute) and call.func.attr in {"commit", "rollback"}:
            yield call.lineno


def state_changes(tree: ast.AST) -> Iterator[int]:
    """Find `row.status = …`: one function changes a state, and it is a use case."""
    for node in _nodes(tree):
        targets: list[ast.expr] = []
        if isinstance(node, ast.Assign):
            targets = node.targets
        elif isinstance(node, ast.AugAssign | ast.AnnAssign):
            targets = [node.target]
        for target in targets:
            for part in ast.walk(target):
                if isinstance(part, ast.Attribute) and _is_state_of_row(part):
                    yield part.lineno


def prints(tree: ast.AST) -> Iterator[int]:
    """Find `print(…)`: the library logs, commands write to their console."""
    for call in _calls(tree):
        if isinstance(call.func, ast.Name) and call.func.id == "print":
            yield call.lineno


def own_clocks(tree: ast.AST) -> Iterator[int]:
    """Find `datetime.now()`, `date.today()`, `time.time()`: the time comes from `core.clock`."""
    for call in _calls(tree):
        if not isinstance(call.func, ast.Attribute):
            continue
        owner = _last_name(call.func.value)
        if owner in {"datetime", "date"} and call.func.attr in TIMES:
            yield call.lineno
        if owner == "time" and call.func.attr == "time":
            yield call.lineno


def lazy_relationships(tree: ast.AST) -> Iterator[int]:
    """Find a `relationship(…)` that would load by itself in the middle of something else."""
    for call in _calls(tree):
        if _last_name(call.func) != "relationship":
            continue
        lazy = [word.value for word in call.keywords if word.arg == "lazy"]
        if not (lazy and isinstance(lazy[0], ast.Constant) and lazy[0].value == "raise"):
            yield call.lineno


def naive_columns(tree: ast.AST) -> Iterator[int]:
    """Find `DateTime` columns: a time is stored as `core.types.UtcDateTime`, always aware."""
    for node in _nodes(tree):
        if isinstance(node, ast.Attribute | ast.Name) and _last_name(node) == "DateTime":
            yield node.lineno


def unprotected_html(tree: ast.AST) -> Iterator[int]:
    """Find `Markup(…)` of anything but a text in the source: what is not ours must be escaped."""
    for call in _calls(tree):
        if _last_name(call.func) == "Markup" and not all(
            isinstance(part, ast.Constant) for part in call.args
        ):
            yield call.lineno


def stubs(tree: ast.AST) -> Iterator[int]:
    """Find `raise NotImplementedError`: what is not written yet is not there yet."""
    for node in _nodes(tree):
        if isinstance(node, ast.Raise) and node.exc is not None:
            raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
            if _last_name(raised) == "NotImplementedError":
                yield node.lineno


def queries(tree: ast.AST) -> Iterator[int]:
    """Find an import of SQLAlchemy but the session that is handed on and errors to be told."""
    for node in _nodes(tree):
        if isinstance(node, ast.Import):
            named = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            named = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        if any(each.startswith("sqlalchemy") and not each.startswith(NO_SQL) for each in named):
            yield node.lineno


def raw_uploads(tree: ast.AST) -> Iterator[int]:
    """Find `chunks_of(…)` and `file.file.read(…)`: a sent file comes in by `core/uploads.py`."""
    for call in _calls(tree):
        name = ast.unparse(call.func)
        if name == "chunks_of" or name.endswith(".file.read"):
            yield call.lineno


FACES = tuple(f"service/*/{face}*.py" for face in ("api", "pages", "commands")) + tuple(
    f"service/{root}.py" for root in ("main", "cli", "serving", "worker", "health")
)

RULES = (
    Rule("faces and entry points speak no SQL", queries, {}, FACES),
    Rule(
        "commit and rollback are for core/db.py only",
        commits,
        {"service/core/migrate.py": "Alembic works on a bare connection"},
    ),
    Rule(
        "a state is changed in use cases only",
        state_changes,
        {
            "service/*/usecases/*.py": "this is where it belongs",
            "service/*/*/usecases/*.py": "and the use cases of a room within a room",
            "service/core/jobs/*.py": "the queue keeps the states of its own jobs",
        },
    ),
    Rule(
        "a sent file is scanned before it is kept: core/uploads.py takes it in",
        raw_uploads,
        {"service/core/uploads.py": "takes it in"},
    ),
    Rule("nothing prints; commands write to their console", prints, {}),
    Rule("the time comes from core.clock", own_clocks, {"service/core/clock.py": "is the clock"}),
    Rule('a relationship is lazy="raise"', lazy_relationships, {}),
    Rule(
        "a time is stored as UtcDateTime",
        naive_columns,
        {"service/core/types.py": "defines UtcDateTime"},
    ),
    Rule(
        "Markup is for texts of the source only",
        unprotected_html,
        {"service/ui/i18n.py": "escapes every part of the sentence in the same line"},
    ),
    Rule("nothing is left unwritten", stubs, {}),
)

HOSTS = re.compile(
    r"\b(?:pypi\.org|files\.pythonhosted\.org|registry\.(?:npmjs\.org|yarnpkg\.com|npmmirror\.com)"
    r"|(?:pypi\.tuna\.tsinghua|mirrors\.\w+)\.\w+|index\.docker\.io|proxy\.golang\.org"
    r"|static\.crates\.io|conda\.anaconda\.org)\b|--(?:extra-)?index-url"
)
REMINDERS = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME)\b")
PLACES = re.compile(r"(?<![\w.$}])/(?:root|work|home/\w+|Users/\w+)/[\w.]")
TEXT_RULES = {"package registry": HOSTS, "path of a machine": PLACES, "reminder": REMINDERS}


def text_faults(path: str, text: str) -> list[str]:
    """Return the lines of a tracked file that name a package registry, a machine or a reminder."""
    return [
        f"{path}:{number}: {what}: {found.group()}"
        for number, line in enumerate(text.splitlines(), start=1)
        for what, pattern in TEXT_RULES.items()
        if (found := pattern.search(line))
    ]


@functools.lru_cache(maxsize=1)
def _nodes(tree: ast.AST) -> tuple[ast.AST, ...]:
    """Return all of a tree, walked through once where many rules read it one after the other."""
    return tuple(ast.walk(tree))


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in _nodes(tree) if isinstance(node, ast.Call))


def _last_name(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _is_state_of_row(target: ast.Attribute) -> bool:
    """Say whether `x.status` is set on something other than the object's own `self`."""
    own = isinstance(target.value, ast.Name) and target.value.id in {"self", "cls"}
    return target.attr in STATES and isinstance(target.ctx, ast.Store) and not own
