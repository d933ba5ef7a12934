"""A web server on loopback that answers as an office does, and fails as it is told to."""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True, slots=True)
class Asked:
    """One request."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    form: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Given:
    """One answer. The faults change how it goes over the wire."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    media: str = "application/json"
    half: bool = False
    """Hang up in the middle, although the length was promised."""
    unseen: bool = False
    """Hang up in the middle, and promise no length: nothing on the wire tells."""
    drip: float = 0.0
    """Seconds between two bytes."""


Answers = Callable[[Asked], Given]
Fault = Callable[[Asked, Given], Given]


class Office:
    """What is served: `answers` for every request, changed by `faults`, first in, first out."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self.faults: deque[Fault | None] = deque()
        self.asked: list[Asked] = []
        self.url = ""

    def answer(self, asked: Asked) -> Given:
        self.asked.append(asked)
        given = self.answers(asked)
        fault = self.faults.popleft() if self.faults else None
        return fault(asked, given) if fault else given


def status(code: int, **headers: str) -> Fault:
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda _asked, _given: Given(code, b'{"detail": "not now"}', told)


def half(_asked: Asked, given: Given) -> Given:
    return Given(given.status, given.body, given.headers, given.media, half=True)


def unseen_half(_asked: Asked, given: Given) -> Given:
    return Given(given.status, given.body, given.headers, given.media, unseen=True)


def drip(_asked: Asked, given: Given) -> Given:
    return Given(given.status, given.body, given.headers, given.media, drip=0.02)


def body(content: bytes) -> Fault:
    return lambda _asked, given: Given(given.status, content, given.headers, given.media)


@contextmanager
def open_office(office: Office) -> Iterator[Office]:
    """Serve an office on a free port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._handle({})

        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers.get("content-length", 0))).decode()
            self._handle(dict(parse_qsl(sent)))

        def _handle(self, form: dict[str, str]) -> None:
            parts = urlsplit(self.path)
            headers = {name.lower(): value for name, value in self.headers.items()}
            query = dict(parse_qsl(parts.query))
            given = office.answer(Asked(self.command, parts.path, query, headers, form))
            self.send_response(given.status)
            for name, value in given.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Type", given.media)
            if given.unseen:
                self.send_header("Connection", "close")
            else:
                self.send_header("Content-Length", str(len(given.body)))
            self.end_headers()
            self._send(given)

        def _send(self, given: Given) -> None:
            content = (
                given.body[: len(given.body) // 2] if given.half or given.unseen else given.body
            )
            try:
                for part in [content] if not given.drip else map(bytes, zip(content)):
                    self.wfile.write(part)
                    time.sleep(given.drip)
            except OSError:
                self.close_connection = True
            if given.half or given.unseen:
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    office.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield office
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
