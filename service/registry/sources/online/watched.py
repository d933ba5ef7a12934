"""Bulk files: those lying in a folder, and those that an office keeps at addresses.

One folder for each office under the configured root, named by the office's code (`US`) or by the
code and a word (`US-daily`). Register files lying in it are read in the order of their names. The
file `urls.txt` names addresses, one a line; `{date:%y%m%d}` in one stands for each day since the
last that was found, for offices that publish a file a day. Addresses are asked conditionally.
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from service.core.text import N_
from service.registry.errors import OfficeRefused
from service.registry.sources.online.port import Asks, Cursor, Step, Told

URLS = "urls.txt"
UNFINISHED = (".part", ".tmp", ".crdownload")
DATED = re.compile(r"\{date:([^{}]+)\}")
DAYS_BACK = 14
"""How far a dated address reaches back when nothing was found there yet."""
LATE = 3
"""Days before the last file found that are asked again: files are published late, or mended."""
FOLDER = re.compile(r"([A-Z]{2})(?:-[\w-]+)?")
NOT_THERE = frozenset({403, 404, 410})
"""What offices answer for a file that they have not published (yet); storage services say 403."""


def office_of_folder(folder: Path) -> str | None:
    """Return the office a folder is about, by its name; None for any other folder."""
    found = FOLDER.fullmatch(folder.name)
    return found[1] if found else None


class WatchedFolder:
    """One folder of register files, and the addresses named in it."""

    def __init__(self, asks: Asks, folder: Path, spool: Path, most: int) -> None:
        """Watch `folder`; what is fetched goes to `spool`, files up to `most` bytes."""
        self._asks, self._folder, self._spool, self._most = asks, folder, spool, most
        self._office = office_of_folder(folder)

    def begin(self, memory: Cursor, today: date) -> Cursor | None:
        """Return what is new: files not seen in this size and time, and every address."""
        seen = memory.get("files", {})
        files = [path.name for path in self._files() if seen.get(path.name) != _stamp(path)]
        urls = [
            [line, address, day.isoformat() if day else ""]
            for line in self._lines()
            for address, day in _addresses(line, memory.get("found", {}).get(line), today)
        ]
        if not files and not urls:
            return None
        tags, asked = memory.get("tags", {}), {address for _, address, _ in urls}
        return {
            "todo": files,
            "urls": urls,
            "count": len(files) + len(urls),
            "files": {},
            "tags": {address: tags[address] for address in tags if address in asked},
            "found": dict(memory.get("found", {})),
        }

    def next(self, cursor: Cursor) -> Step | None:
        """Bring the next file."""
        if cursor["todo"]:
            return self._file(cursor)
        if cursor["urls"]:
            return self._url(cursor)
        return None

    def progress(self, cursor: Cursor) -> tuple[int, int]:
        """Return how many files and addresses are done."""
        return cursor["count"] - len(cursor["todo"]) - len(cursor["urls"]), cursor["count"]

    def remember(self, memory: Cursor, cursor: Cursor) -> Cursor:
        """These files, and what lies at these addresses, were read."""
        files = {**memory.get("files", {}), **cursor["files"]}
        return {**memory, "files": files, "tags": cursor["tags"], "found": cursor["found"]}

    def _file(self, cursor: Cursor) -> Step:
        name, rest = cursor["todo"][0], cursor["todo"][1:]
        path = self._folder / name
        stamp = _stamp(path)
        onward = {**cursor, "todo": rest, "files": {**cursor["files"], name: stamp}}
        if stamp is None:
            gone = N_("{file} is no longer there")
            return Step(onward, note=gone, values={"file": name})
        return Step(onward, path, complete=Told(self._office, name))

    def _url(self, cursor: Cursor) -> Step:
        (line, address, day), rest = cursor["urls"][0], cursor["urls"][1:]
        onward = {**cursor, "urls": rest}
        name = Path(urlsplit(address).path).name or "file"
        self._spool.mkdir(parents=True, exist_ok=True, mode=0o700)
        target = self._spool / "download"
        asked = _conditions(cursor["tags"].get(address, {}))
        answer = self._asks.download(address, target, headers=asked, most=self._most)
        if answer.status == 304:
            return Step(onward)
        if answer.status in NOT_THERE:
            absent = N_("There is no file at {url} (HTTP {answered})")
            told = {"url": address, "answered": str(answer.status)}
            return Step(onward, note="" if day else absent, values=told)
        if answer.status != 200:
            raise OfficeRefused(
                N_(
                    "{service} answered {answered}. {reason} Check its credentials in the settings."
                ),
                service=urlsplit(address).hostname or address,
                answered=answer.status,
                url=address,
            )
        spoiled = dict(onward)
        onward["tags"] = {**cursor["tags"], address: _tags(answer.headers)}
        if day:
            onward["found"] = {**cursor["found"], line: max(day, cursor["found"].get(line, ""))}
        whole = Told(self._office, name)
        return Step(onward, target, complete=whole, spoiled=spoiled)

    def _files(self) -> list[Path]:
        return sorted(
            path
            for path in self._folder.iterdir()
            if path.is_file()
            and not path.name.startswith(".")
            and path.name != URLS
            and not path.name.endswith(UNFINISHED)
        )

    def _lines(self) -> list[str]:
        path = self._folder / URLS
        if not path.is_file():
            return []
        lines = [line.strip() for line in path.read_text("utf-8-sig").splitlines()]
        wrong = [line for line in lines if line and not line.startswith(("#", "https:", "http:"))]
        if wrong:
            raise OfficeRefused(
                N_("{file} names “{line}”, which is no web address."),
                file=URLS,
                line=wrong[0][:200],
            )
        return [line for line in lines if line and not line.startswith("#")]


def _addresses(line: str, found: str | None, today: date) -> list[tuple[str, date | None]]:
    """Return the addresses a line stands for, each with its day where it has one."""
    if not DATED.search(line):
        return [(line, None)]
    reach = timedelta(days=LATE if found else DAYS_BACK)
    last = (date.fromisoformat(found) if found else today) - reach
    days = [last + timedelta(days=number) for number in range(1, (today - last).days + 1)]
    return [(_dated(line, day), day) for day in days]


def _dated(line: str, day: date) -> str:
    return DATED.sub(lambda place: day.strftime(place[1]), line)


def _stamp(path: Path) -> list[int] | None:
    """Return size and time of a file, by which a changed one is told; None: it is not there."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return [found.st_size, found.st_mtime_ns]


def _tags(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: headers[name] for name in ("etag", "last-modified") if name in headers}


def _conditions(tags: Mapping[str, str]) -> dict[str, str]:
    names = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
    return {asked: tags[tag] for tag, asked in names.items() if tag in tags}
