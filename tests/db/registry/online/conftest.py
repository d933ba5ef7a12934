"""Settings under which an office on this machine is asked, quickly."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from service.core import clock
from service.core.settings import Settings
from tests.conftest import DATA
from tests.offices.contract import Contract
from tests.offices.euipo import CLIENT, SECRET

QUICK = 6_000_000
Asking = Callable[[str], Settings]


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with clock.at(datetime(1999, 3, 10, 9, tzinfo=UTC)):
        yield


@pytest.fixture
def asking(settings: Settings) -> Asking:
    """Make settings with credentials for the office at an address."""

    def make(url: str) -> Settings:
        return settings.model_copy(
            update={
                "euipo_client_id": CLIENT,
                "euipo_client_secret": SecretStr(SECRET),
                "euipo_url": url,
                "euipo_sign_in_url": f"{url}/token",
                "euipo_per_minute": QUICK,
                "tsdr_key": SecretStr("our-key-77aa"),
                "tsdr_url": url,
                "tsdr_per_minute": QUICK,
                "tsdr_downloads_per_minute": QUICK,
                "bulk_per_minute": QUICK,
                "outside_first_pause": timedelta(milliseconds=1),
                "outside_whole": timedelta(seconds=0.3),
            }
        )

    return make


@pytest.fixture(scope="session")
def contract() -> Contract | None:
    """The office's own description; nothing to hold against where there are no shared data."""
    return Contract(Path(DATA)) if DATA else None
