"""People and organisations at the command line, told in both languages."""

from tests.cli.conftest import Call

USCC = "91350100M000100Y43"


def test_organisations_are_added_with_their_links_and_listed(markpass: Call) -> None:
    markpass("organisation", "add", "演示局", "--kind", "bureau")
    made = markpass(
        *("organisation", "add", "园区工作站", "--kind", "station", "--branch", "workstation"),
        *("--uscc", USCC, "--supervisor", "演示局"),
    )
    listed = markpass("organisation", "list", "--kind", "station").output

    assert "Added: 园区工作站" in made.output
    assert "已添加：园区工作站" in made.output
    assert USCC in listed
    assert "园区工作站" in listed
    assert "演示局" not in listed


def test_people_are_listed_locked_and_given_a_link(markpass: Call) -> None:
    for login in ("anna", "berta"):
        markpass(
            *("user", "add", login, "--name", "安娜", "--role", "exporter_owner"),
            *("--organisation", "甲公司", "--kind", "exporter", "--password", "a long sentence"),
        )

    assert "已锁定" in markpass("user", "lock", "anna").output
    assert "已锁定" in markpass("user", "list").output
    assert "Unlocked" in markpass("user", "unlock", "anna").output
    assert "已更改" in markpass("user", "role", "anna", "exporter_staff").output
    link = markpass("user", "link", "anna").output
    assert "仅可使用一次" in link
    assert "http://127.0.0.1:8000/password?token=" in link
    assert "已抹除" in markpass("erase", "anna", "--yes").output
    assert "安娜" in markpass("user", "list").output
