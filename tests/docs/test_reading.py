"""The reader of the manual reads what it should."""

from tests.docs.reading import anchors, commands, exchanges, first_terms, links, rows, section

PAGE = """\
# Manual

## One: a `thing`

| key | what |
|---|---|
| `a` | `b` |

```sh
$ markpass screen X --to US  # and more
```

### Inside

[there](other.md#part) and `[not](here.md)`

## Two

```http
POST /api/v1/compare
Authorization: x

{"a": 1}
```
"""


def test_a_section_ends_at_the_next_heading_of_its_rank() -> None:
    assert "Inside" in section(PAGE, "One: a `thing`")
    assert "POST" not in section(PAGE, "One: a `thing`")


def test_rows_are_read_without_the_rule_under_the_heading() -> None:
    assert list(rows(PAGE)) == [["key", "what"], ["`a`", "`b`"]]


def test_only_the_first_cell_names_the_row() -> None:
    assert first_terms(PAGE) == ["a"]


def test_a_command_is_read_without_its_prompt_and_remark() -> None:
    assert list(commands(PAGE, "markpass")) == [["markpass", "screen", "X", "--to", "US"]]


def test_a_request_has_a_method_a_path_and_a_body() -> None:
    (each,) = exchanges(PAGE)
    assert (each.method, each.path, each.body) == ("POST", "/api/v1/compare", '{"a": 1}')


def test_a_link_in_code_is_no_link() -> None:
    assert links(PAGE) == ["other.md#part"]


def test_headings_become_anchors() -> None:
    assert anchors(PAGE) == {"manual", "one-a-thing", "inside", "two"}
