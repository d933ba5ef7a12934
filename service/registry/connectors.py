"""The connectors: which offices can be asked, with what, and where only a person may look."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

from pydantic import SecretStr

from service.core.db import Database
from service.core.errors import NotFound
from service.core.outgoing import Manners, Outside
from service.core.settings import Settings
from service.core.text import N_
from service.registry.errors import NoCredentials
from service.registry.sources.online.euipo_api import EuipoAccess, EuipoApi
from service.registry.sources.online.port import Adapter
from service.registry.sources.online.tsdr_api import BULK, TsdrAccess, TsdrApi
from service.registry.sources.online.watched import WatchedFolder, office_of_folder
from service.rules.markets import offices

FOLDER = "folder-"
"""How the names of watched folders begin."""


@dataclass(frozen=True, slots=True)
class Connector:
    """One way to an office."""

    name: str
    office: str
    label: str
    """Message id; or the name of a folder."""
    needs: tuple[str, ...] = ()
    """Settings that hold its credentials."""
    how: str = ""
    """Message id: how to come by them."""
    every: timedelta = timedelta(days=1)
    ready: bool = True
    """It has what it needs."""


@dataclass(frozen=True, slots=True)
class PersonOnly:
    """A system whose terms keep programs out: a person opens it, we only give the address."""

    name: str
    label: str
    address: str
    """Its own page."""
    search: str
    """The address of a search by words, with the place `{query}`."""
    why: str

    def searching(self, words: str) -> str:
        """Return the address at which a person finds these words looked for."""
        return self.search.format(query=quote(words, safe=""))


EUIPO_HOW = N_(
    "Register an application at dev.euipo.europa.eu, subscribe it to “Trademark search” 1.1.0, and "
    "set its key and secret."
)
TSDR_HOW = N_("Sign in at account.uspto.gov/api-manager and request a key for TSDR.")
OFFICES: Mapping[str, Connector] = {
    "euipo": Connector(
        "euipo",
        "EM",
        N_("EUIPO trade mark search"),
        ("MARKPASS_EUIPO_CLIENT_ID", "MARKPASS_EUIPO_CLIENT_SECRET"),
        EUIPO_HOW,
    ),
    "tsdr": Connector(
        "tsdr", "US", N_("USPTO TSDR, single cases"), ("MARKPASS_TSDR_KEY",), TSDR_HOW
    ),
}
TERMS = N_("The terms of use do not allow automatic queries.")
PERSON_ONLY: tuple[PersonOnly, ...] = (
    PersonOnly(
        "wipo-brands",
        N_("WIPO Global Brand Database"),
        "https://branddb.wipo.int/",
        "https://branddb.wipo.int/en/quicksearch/results?by=brandName&v={query}&sort=score%20desc",
        TERMS,
    ),
    PersonOnly(
        "tmview",
        N_("TMview"),
        "https://www.tmdn.org/tmview/",
        "https://www.tmdn.org/tmview/#/tmview/results?page=1&criteria=C&basicSearch={query}",
        TERMS,
    ),
)


def connectors(settings: Settings) -> list[Connector]:
    """Return every connector of this installation, with or without credentials."""
    return [*of_offices(settings), *_folders(settings.bulk_folder)]


def of_offices(settings: Settings) -> list[Connector]:
    """Return the connectors to the systems of offices, with or without credentials."""
    return [_with_credentials(one, settings) for one in OFFICES.values()]


def connector(settings: Settings, name: str) -> Connector:
    """Return a connector; raise `NotFound` for a name that is none's."""
    for one in connectors(settings):
        if one.name == name:
            return one
    raise NotFound(N_("There is no such connector."))


def need_ready(one: Connector) -> None:
    """Raise `NoCredentials`, with the way to come by them, unless the connector has them."""
    if not one.ready:
        detail = N_("Set {settings} first. How to come by them: docs/connectors.md.")
        raise NoCredentials(detail, settings=", ".join(one.needs))


def _with_credentials(one: Connector, settings: Settings) -> Connector:
    have = {
        "euipo": bool(settings.euipo_client_id and _open(settings.euipo_client_secret)),
        "tsdr": bool(_open(settings.tsdr_key)),
    }
    return Connector(one.name, one.office, one.label, one.needs, one.how, one.every, have[one.name])


def _open(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""


def _folders(root: Path | None) -> Iterator[Connector]:
    """Yield a connector for each folder under the root that is named for an office."""
    if root is None or not root.is_dir():
        return
    for folder in sorted(root.iterdir()):
        office = office_of_folder(folder) if folder.is_dir() else None
        if office is not None and office in offices():
            name = f"{FOLDER}{folder.name}"
            yield Connector(name, office, folder.name, every=timedelta(hours=1))


@contextmanager
def asking(database: Database, settings: Settings, name: str, spool: Path) -> Iterator["Line"]:
    """Open the line to an office: its adapter, and the port that counts what is asked.

    Raises:
        NotFound, NoCredentials: There is no such connector, or nothing to identify us with.
    """
    one = connector(settings, name)
    need_ready(one)
    kind = name if name in ADAPTERS else FOLDER
    paces, make = ADAPTERS[kind]
    manners = Manners(
        settings.outside_tries,
        settings.outside_first_pause,
        settings.outside_longest_sleep,
        settings.outside_whole,
    )
    cache = settings.home / "cache" / f"{name}.db" if kind == "tsdr" else None
    with Outside(database, name, paces(settings), manners, cache) as outside:
        yield Line(outside, make(outside, settings, one, spool))


@dataclass(frozen=True, slots=True)
class Line:
    """An open line to an office."""

    outside: Outside
    adapter: Adapter


def euipo(outside: Outside, settings: Settings, *_: object) -> EuipoApi:
    """Return the adapter of the EUIPO."""
    return EuipoApi(
        outside,
        EuipoAccess(
            settings.euipo_url,
            settings.euipo_sign_in_url,
            settings.euipo_client_id,
            _open(settings.euipo_client_secret),
        ),
    )


def tsdr(outside: Outside, settings: Settings, *_: object) -> TsdrApi:
    """Return the adapter of TSDR."""
    return TsdrApi(outside, TsdrAccess(settings.tsdr_url, _open(settings.tsdr_key)))


def _folder(outside: Outside, settings: Settings, one: Connector, spool: Path) -> WatchedFolder:
    assert settings.bulk_folder is not None
    folder = settings.bulk_folder / one.name.removeprefix(FOLDER)
    return WatchedFolder(outside, folder, spool, settings.unpacked_bytes)


Make = Callable[[Outside, Settings, Connector, Path], Adapter]
Paces = Callable[[Settings], Mapping[str, int]]
ADAPTERS: Mapping[str, tuple[Paces, Make]] = {
    "euipo": (lambda settings: {"": settings.euipo_per_minute}, euipo),
    "tsdr": (
        lambda settings: {"": settings.tsdr_per_minute, BULK: settings.tsdr_downloads_per_minute},
        tsdr,
    ),
    FOLDER: (lambda settings: {"": settings.bulk_per_minute}, _folder),
}
