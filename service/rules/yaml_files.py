"""Reading YAML files of law: what is not understood is refused, naming the file and the entry."""

from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from service.core.text import N_
from service.rules.errors import RuleDataRefused

Model = TypeVar("Model", bound=BaseModel)


class _Loader(yaml.CSafeLoader):
    """YAML in which a key given twice is an error, not the last one winning."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[object] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                line = key_node.start_mark.line + 1
                raise yaml.YAMLError(f"the key {key!r} is given twice (line {line})")
            seen.add(key)
        return super().construct_mapping(node, deep=deep)


def read_yaml(path: Path) -> dict[str, Any]:
    """Return the mapping a file holds; a key given twice is refused."""
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506  it is safe
    except (OSError, yaml.YAMLError) as error:
        refuse(path.name, "-", str(error))
    if not isinstance(content, dict):
        refuse(path.name, "-", "the file is not a mapping")
    return content


def parse(kind: type[Model], row: Mapping[str, Any], file: str, name: str) -> Model:
    """Return the entry `name` of `file` as a model."""
    try:
        return kind.model_validate(row)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        refuse(file, name, f"{where}: {first['msg']}" if where else str(first["msg"]))


def must_know(there: bool, file: str, rule: str, kind: str, name: str) -> None:
    """Refuse a name that nothing answers to."""
    if not there:
        refuse(file, rule, f"unknown {kind}: {name}")


def refuse(file: str, rule: str, reason: str) -> NoReturn:
    """Raise `RuleDataRefused` for an entry of a file."""
    raise RuleDataRefused(N_("{file}, rule {rule}: {reason}"), file=file, rule=rule, reason=reason)
