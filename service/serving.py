"""`markpass serve`: pages and API, and the jobs too when no worker runs; `markpass mcp`: tools."""

import os
import socket
from collections.abc import Mapping
from ipaddress import ip_address
from typing import Annotated

import typer
import uvicorn
from fastapi import FastAPI
from rich.console import Console

from service.core import logs
from service.core.console import opened
from service.core.db import Database
from service.core.errors import Conflict, NotSignedIn
from service.core.processes import end_with_parent
from service.core.settings import Settings, load_settings
from service.core.text import N_
from service.demonstration.commands import demo
from service.identity.errors import DemonstrationOpen
from service.identity.repository import Proofs
from service.identity.usecases.signing_in import recognise_key
from service.ui.console import tell

out = Console()
KEY = "MARKPASS_API_KEY"
SILENT = 60
"""Seconds without a sign of life after which one of several processes is replaced: compiling
kernels for the first time holds the interpreter for some of them."""


class PortBusy(Conflict):
    """Another program listens on the port."""

    code = "port-busy"
    title = N_("The port is in use")


class NotSecure(Conflict):
    """Cookies would travel in the clear."""

    code = "not-secure"
    title = N_("Not safe to open to the network")


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on. 监听的地址。")] = None,
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Port to listen on. 监听的端口。")
    ] = None,
    processes: Annotated[
        int | None,
        typer.Option(min=1, max=64, help="Processes that answer. 应答的进程数。"),
    ] = None,
    *,
    demonstration: Annotated[
        bool,
        typer.Option(
            "--demonstration", help="First do what `markpass demo` does. 先执行 `markpass demo`。"
        ),
    ] = False,
) -> None:
    """Serve pages and API until stopped with Ctrl-C; runs jobs too when no worker does.

    提供网页和接口，按 Ctrl-C 停止；没有 worker 时也执行任务。
    """
    _ask({"HOST": host, "PORT": port, "PROCESSES": processes})
    if demonstration:
        with opened(migrated=False) as (settings, _):
            check_port(settings)  # told before minutes of work, not after
        demo()
    with opened() as (settings, database):
        check(settings, database)
    address = f"http://{settings.host}:{settings.port}"
    tell(out, N_("Markpass is at {address} (Ctrl-C stops)"), style="bold", address=address)
    uvicorn.run(
        "service.serving:application",
        factory=True,
        host=settings.host,
        port=settings.port,
        workers=settings.processes,
        timeout_worker_healthcheck=SILENT,
        log_config=None,
        access_log=False,
        server_header=False,
    )


def _ask(options: Mapping[str, object]) -> None:
    """Put options that were given where every process reads its settings."""
    given = {f"MARKPASS_{name}": str(value) for name, value in options.items() if value is not None}
    os.environ.update(given)


def application() -> FastAPI:
    """Build the application of one process that answers."""
    # Every command imports this file, and only this one needs all pages and routes: seconds.
    from service.main import create_app

    end_with_parent()
    settings = load_settings()
    logs.configure(json=settings.log_json, level=settings.log_level)
    return create_app(settings)


def check(settings: Settings, database: Database) -> None:
    """Refuse what would be unsafe, and a port that is taken, before anything starts.

    Raises:
        DemonstrationOpen: demonstration accounts exist and the address is not loopback.
        NotSecure: the address is not loopback and cookies are not marked secure.
        PortBusy: another program listens there.
    """
    if not _is_loopback(settings.host):
        with database.read() as session:
            if Proofs(session).demonstration_people():
                raise DemonstrationOpen(
                    N_("This database has demonstration accounts: serve it on 127.0.0.1 only.")
                )
        if not settings.secure_cookies:
            raise NotSecure(
                N_("Serve behind HTTPS and set MARKPASS_SECURE_COOKIES=true, or use 127.0.0.1.")
            )
    check_port(settings)


def check_port(settings: Settings) -> None:
    """Raise `PortBusy` when another program listens where `serve` would."""
    with socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError:
            raise PortBusy(
                N_("Port {port} is taken. Stop the other program, or set MARKPASS_PORT=8001."),
                port=settings.port,
            ) from None


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def mcp() -> None:
    """Serve tools to an assistant over standard input and output (Model Context Protocol).

    Acts as the holder of the API key in MARKPASS_API_KEY, with that key's scopes.

    经标准输入输出向助手提供工具（MCP），以 MARKPASS_API_KEY 的持有人身份及其权限行事。
    """
    from service.mcp_server import make_server  # half a second that no other command needs

    with opened() as (settings, database):
        key = os.environ.get(KEY, "")
        if not key or recognise_key(database, key) is None:
            raise NotSignedIn(N_("Set MARKPASS_API_KEY to an API key that is valid."))
        make_server(settings, database, key).run("stdio")
    raise typer.Exit
