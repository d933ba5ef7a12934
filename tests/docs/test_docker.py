"""The files of docker/ fit the project (no engine is needed to read them)."""

import re
from typing import Any

import yaml

from service.core.settings import Settings
from tests.docs.reading import ROOT
from tests.docs.test_commands import KNOWN

DOCKERFILE = (ROOT / "docker" / "Dockerfile").read_text("utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker" / "compose.yaml").read_text("utf-8"))
IGNORED = (ROOT / ".dockerignore").read_text("utf-8").splitlines()


def test_everything_that_is_copied_exists_and_is_let_through() -> None:
    copied = [
        source
        for line in re.findall(r"^COPY (?!--from)(?:--\S+ )*(.+)$", DOCKERFILE, re.M)
        for source in line.split()[:-1]
    ]
    assert copied
    assert [source for source in copied if not (ROOT / source).exists()] == []
    assert [source for source in copied if f"!{source}" not in IGNORED] == []


def test_packages_are_checked_against_their_hashes() -> None:
    assert "--require-hashes --only-binary=:all: -r /tmp/requirements.lock" in DOCKERFILE


def test_the_process_is_not_root() -> None:
    users = re.findall(r"^USER (\d+)", DOCKERFILE, re.M)
    assert users
    assert "0" not in users


def test_every_variable_that_compose_sets_is_a_setting() -> None:
    known = {f"MARKPASS_{name.upper()}" for name in Settings.model_fields}
    assert COMPOSE["services"]["web"]["environment"].keys() - known == set()


def test_every_container_of_ours_runs_a_command_that_exists() -> None:
    ours = [each for each in COMPOSE["services"].values() if each["image"] == "markpass"]
    assert [each["command"] for each in ours if " ".join(each["command"]) not in KNOWN] == []


def test_the_web_port_is_published_on_loopback_only() -> None:
    assert all(port.startswith("127.0.0.1:") for port in COMPOSE["services"]["web"]["ports"])
