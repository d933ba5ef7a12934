"""Asking an outside service politely: in its pace, again where that helps, never for ever.

What is asked again: no connection, a broken or endless answer, 429 and 5xx. `Retry-After` and the
`X-RateLimit` headers hold back every process. A wait that is too long to sleep through is raised as
`ComeBack`, so that a job can end and go on later. Credentials travel in headers only, and neither
they nor a body is ever logged.
"""

import random
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import hishel
import httpx
import stamina
from hishel.httpx import CacheTransport

from service.core import clock, http
from service.core.db import Database
from service.core.errors import TooLarge, Unavailable
from service.core.pace import hold_back, take_turn
from service.core.text import N_

AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
UNCHANGED, TOO_MANY = 304, 429
SLOWEST = 16 << 10
"""Bytes a second on average, below which a download is held to be stuck."""


class OutsideSilent(Unavailable):
    """An outside service did not give a whole answer, however often it was asked."""

    code = "outside-silent"
    title = N_("An outside service does not answer")


class ComeBack(Exception):
    """The service wants to be left alone for longer than one sleeps; go on after `pause`."""

    def __init__(self, pause: timedelta) -> None:
        super().__init__(f"again in {pause}")
        self.pause = pause


class _Again(Exception):
    """One try failed in a way that the next may not."""

    def __init__(self, reason: str, pause: timedelta | None = None) -> None:
        super().__init__(reason)
        self.reason, self.pause = reason, pause


@dataclass(frozen=True, slots=True)
class Manners:
    """How often and how long one asks."""

    tries: int = 6
    first_pause: timedelta = timedelta(seconds=1)
    longest_sleep: timedelta = timedelta(seconds=30)
    """A pause beyond this becomes `ComeBack`."""
    whole: timedelta = timedelta(minutes=2)
    """Within this an answer must be there to its last byte: a slow drip does not count as life."""
    most_bytes: int = 64 << 20
    """Of an answer that is held in memory."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer."""

    status: int
    headers: Mapping[str, str]
    """By names in small letters."""
    body: bytes


@dataclass
class Outside:
    """One outside service. Use it in a `with` block, from one thread.

    `paces` gives the requests a minute by kind; each kind has a pace of its own in the database.
    With `cache`, answers that carry a validator are kept there and asked after conditionally.
    """

    database: Database
    name: str
    paces: Mapping[str, int]
    manners: Manners = field(default_factory=Manners)
    cache: Path | None = None
    requests: int = 0
    """Sent so far, repeated ones included."""
    _client: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        transport: httpx.BaseTransport | None = None
        if self.cache is not None:
            self.cache.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            transport = CacheTransport(
                httpx.HTTPTransport(retries=http.RETRIES),
                hishel.SqliteStorage(database_path=self.cache, max_size=256 << 20),
                hishel.CacheOptions(shared=False),
            )
        self._client = http.client(transport=transport)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    def get(
        self,
        url: str,
        *,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        pace: str = "",
        whole: Callable[[bytes], bool] = lambda _: True,
    ) -> Reply:
        """Return a whole answer of any status that asking again would not change.

        Args:
            url: The address, without its query.
            query: Parameters of the address.
            headers: Credentials among them.
            pace: Which of the paces it counts under.
            whole: Tells the whole body of a success from one that was cut short unnoticed.

        Raises:
            OutsideSilent: None came.
            ComeBack: The service wants to be asked later.
        """
        request = self._client.build_request("GET", url, params=query, headers=headers)
        return self._asked(request, pace, whole)

    def post_form(self, url: str, fields: Mapping[str, str], *, pace: str = "") -> Reply:
        """Send a form; answers and failures are those of `get`."""
        return self._asked(self._client.build_request("POST", url, data=dict(fields)), pace)

    def download(
        self, url: str, target: Path, *, headers: Mapping[str, str], most: int, pace: str = ""
    ) -> Reply:
        """Write the answer's body to `target`; the reply has none. A cut one is begun anew.

        Raises:
            TooLarge: It is over `most` bytes.
            OutsideSilent, ComeBack: As in `get`.
        """
        request = self._client.build_request("GET", url, headers=headers)
        for attempt in self._tries():
            with attempt, self._sent(request, pace, redirects=True) as response:
                if response.status_code == httpx.codes.OK:
                    self._save(response, target, most)
                return Reply(response.status_code, _small(response.headers), b"")
        raise AssertionError("stamina ends with an answer or an error")

    def _save(self, response: httpx.Response, target: Path, most: int) -> None:
        size, began = 0, time.monotonic()
        with target.open("wb") as out:
            for chunk in response.iter_bytes():
                size += len(chunk)
                took = time.monotonic() - began
                if took > self.manners.whole.total_seconds() and size < took * SLOWEST:
                    raise _Again("the answer did not end in time")
                if size > most:
                    raise TooLarge(N_("The file is larger than {limit} bytes."), limit=most)
                out.write(chunk)

    def _asked(
        self,
        request: httpx.Request,
        pace: str,
        whole: Callable[[bytes], bool] = lambda _: True,
    ) -> Reply:
        for attempt in self._tries():
            with attempt, self._sent(request, pace) as response:
                body = self._body(response)
                if response.is_success and not whole(body):
                    raise _Again("the answer was cut short")
                return Reply(response.status_code, _small(response.headers), body)
        raise AssertionError("stamina ends with an answer or an error")

    def _body(self, response: httpx.Response) -> bytes:
        until = time.monotonic() + self.manners.whole.total_seconds()
        body = bytearray()
        for chunk in response.iter_bytes():
            body += chunk
            if time.monotonic() > until:
                raise _Again("the answer did not end in time")
            if len(body) > self.manners.most_bytes:
                most = self.manners.most_bytes
                raise TooLarge(N_("The file is larger than {limit} bytes."), limit=most)
        return bytes(body)

    @contextmanager
    def _sent(
        self, request: httpx.Request, pace: str, *, redirects: bool = False
    ) -> Iterator[httpx.Response]:
        self._wait(take_turn(self.database, self._pace(pace), self.paces[pace]))
        self.requests += 1
        try:
            response = self._client.send(request, stream=True, follow_redirects=redirects)
            try:
                self._heed(response, pace)
                yield response
            finally:
                response.close()
        except (httpx.TransportError, httpx.DecodingError, httpx.TooManyRedirects) as fault:
            raise _Again(type(fault).__name__) from fault

    def _heed(self, response: httpx.Response, pace: str) -> None:
        """Do what the answer says about asking again."""
        headers = response.headers
        if headers.get("x-ratelimit-remaining") == "0" and (reset := _pause(headers, RESET)):
            hold_back(self.database, self._pace(pace), reset)
        if response.status_code not in AGAIN:
            return
        pause = _pause(headers, RETRY_AFTER)
        if pause is not None:
            hold_back(self.database, self._pace(pace), pause)
        raise _Again(f"HTTP {response.status_code}", pause)

    def _wait(self, pause: timedelta) -> None:
        if pause > self.manners.longest_sleep:
            raise ComeBack(pause)
        time.sleep(max(0.0, pause.total_seconds()))

    def _pace(self, kind: str) -> str:
        return f"{self.name}:{kind}" if kind else self.name

    def _tries(self) -> Iterator[AbstractContextManager[object]]:
        """Yield one block for each try; the last failure becomes a problem."""
        first = self.manners.first_pause

        def again(fault: Exception) -> bool | timedelta:
            if not isinstance(fault, _Again):
                return False
            if fault.pause is None:
                return True
            if fault.pause > self.manners.longest_sleep:
                return False
            return fault.pause + first * random.random()  # noqa: S311  jitter

        try:
            yield from stamina.retry_context(
                on=again,
                attempts=self.manners.tries,
                timeout=None,
                wait_initial=first,
                wait_max=self.manners.longest_sleep,
                wait_jitter=first,
            )
        except _Again as fault:
            raise self._given_up(fault) from fault

    def _given_up(self, fault: _Again) -> Exception:
        if fault.pause is not None and fault.pause > self.manners.longest_sleep:
            return ComeBack(fault.pause)
        detail = N_("{service} gave no whole answer ({reason}); it is asked again later.")
        return OutsideSilent(detail, service=self.name, reason=fault.reason)


RETRY_AFTER, RESET = "retry-after", "x-ratelimit-reset"


def _pause(headers: httpx.Headers, name: str) -> timedelta | None:
    """Read a pause: seconds, or a date (RFC 9110, 10.2.3)."""
    text = headers.get(name, "").strip()
    if text.isdecimal():
        return timedelta(seconds=min(int(text), 86_400))
    try:
        moment: datetime = parsedate_to_datetime(text)
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(timedelta(0), aware - clock.now())


def _small(headers: httpx.Headers) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}
