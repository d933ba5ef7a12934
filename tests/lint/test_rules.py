"""Each rule finds what it should, and leaves alone what is right."""

import ast
from collections.abc import Callable, Iterator

import pytest

from tests.lint import rules

BREACHES = [
    (rules.queries, "import sqlalchemy as sa"),
    (rules.queries, "from sqlalchemy.orm import Session, joinedload"),
    (rules.commits, "session.commit()"),
    (rules.commits, "session.rollback()"),
    (rules.state_changes, "row.status = Status.DONE"),
    (rules.state_changes, "a, row.state = 1, 2"),
    (rules.state_changes, "run.edition.phase += 1"),
    (rules.raw_uploads, "files.put(chunks_of(file.file), limit=9)"),
    (rules.raw_uploads, "content = upload.file.read(9)"),
    (rules.prints, "print('here')"),
    (rules.own_clocks, "datetime.now(UTC)"),
    (rules.own_clocks, "datetime.datetime.utcnow()"),
    (rules.own_clocks, "date.today()"),
    (rules.own_clocks, "time.time()"),
    (rules.lazy_relationships, "sa.orm.relationship('Mark')"),
    (rules.lazy_relationships, "relationship(lazy='select')"),
    (rules.naive_columns, "mapped_column(sa.DateTime(timezone=True))"),
    (rules.unprotected_html, "Markup(name)"),
    (rules.unprotected_html, "markupsafe.Markup(f'<b>{name}</b>')"),
    (rules.stubs, "raise NotImplementedError"),
    (rules.stubs, "raise NotImplementedError('later')"),
]
RIGHT = [
    (rules.queries, "from sqlalchemy.exc import SQLAlchemyError"),
    (rules.queries, "from sqlalchemy.orm import Session"),
    (rules.commits, "session.flush()"),
    (rules.stubs, "raise"),
    (rules.stubs, "raise ValueError('no')"),
    (rules.state_changes, "self.state = 1"),
    (rules.state_changes, "if row.status == 1: pass"),
    (rules.state_changes, "app.state.finder = 1"),
    (rules.raw_uploads, "receive(files, upload.file, settings)"),
    (rules.raw_uploads, "file.read()"),
    (rules.prints, "out.print('here')"),
    (rules.own_clocks, "clock.now()"),
    (rules.own_clocks, "time.monotonic()"),
    (rules.lazy_relationships, "relationship(lazy='raise')"),
    (rules.naive_columns, "mapped_column(UtcDateTime)"),
    (rules.unprotected_html, "Markup('<br>')"),
]


@pytest.mark.parametrize(("rule", "source"), BREACHES)
def test_a_breach_is_found_on_its_line(
    rule: Callable[[ast.AST], Iterator[int]], source: str
) -> None:
    assert list(rule(ast.parse(f"\n{source}"))) == [2]


@pytest.mark.parametrize(("rule", "source"), RIGHT)
def test_what_is_right_is_left_alone(rule: Callable[[ast.AST], Iterator[int]], source: str) -> None:
    assert list(rule(ast.parse(source))) == []


def test_an_allowed_file_is_left_alone_and_its_neighbour_is_not() -> None:
    rule = rules.Rule("no", rules.prints, {"service/*/commands.py": "writes to the terminal"})
    tree = ast.parse("print()")

    assert rule.faults("service/a/commands.py", tree) == []
    assert rule.faults("service/a/usecases.py", tree) == ["service/a/usecases.py:1: no"]


def test_a_rule_is_about_its_own_files_only() -> None:
    rule = rules.Rule("no", rules.queries, {}, ("service/*/api*.py",))
    tree = ast.parse("import sqlalchemy")

    assert rule.faults("service/a/repository.py", tree) == []
    assert rule.faults("service/a/api_marks.py", tree) == ["service/a/api_marks.py:1: no"]


HOST = "files.python" + "hosted.org"


@pytest.mark.parametrize(
    "line",
    [
        f"see https://{HOST}/packages/x.whl",
        "pip install --index" + "-url=x",
        "open('/ro" + "ot/.bashrc')",
        "cd /wo" + "rk/main",
        "/ho" + "me/anna/markpass",
        "file:///Us" + "ers/anna/x",
        "# TO" + "DO later",
    ],
)
def test_what_no_tracked_file_may_say_is_found(line: str) -> None:
    assert len(rules.text_faults("a.md", line)) == 1


@pytest.mark.parametrize(
    "line", ["docs/work/x", "the root of the tree", "/home", "WORKDIR /app", "$HOME/x", "~/.cache"]
)
def test_ordinary_words_are_no_paths_of_a_machine(line: str) -> None:
    assert rules.text_faults("a.md", line) == []
