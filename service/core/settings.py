"""All settings, read once from `MARKPASS_*` variables; a wrong value stops the start-up."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

Positive = Annotated[int, Field(ge=1)]


class Settings(BaseSettings):
    """Each name is a variable: `home` is `MARKPASS_HOME`. Sizes are bytes unless the name says."""

    model_config = SettingsConfigDict(env_prefix="MARKPASS_", frozen=True, extra="ignore")

    home: Path = Path(".markpass")
    """Folder of the SQLite database, stored files, index and logs."""
    database_url: str = ""
    """SQLAlchemy address of the database; empty means SQLite in `home`."""
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535)] = 8000
    processes: Annotated[int, Field(ge=1, le=64)] = 1
    """Processes that answer pages and API; they share the pages of the index."""
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = ("127.0.0.1", "localhost", "[::1]")
    """Names by which this service may be called; any other Host header is refused."""
    secure_cookies: bool = False
    """True behind HTTPS. `serve` on an address other than loopback refuses to start without it."""

    public_url: str = ""
    """Address under which people open the pages, for links in e-mail; empty: host and port."""
    smtp_url: Annotated[str, Field(repr=False, pattern=r"^(smtps?://.+)?$")] = ""
    """`smtp://user:password@host:587` or `smtps://…`; empty: e-mail goes to a folder in `home`."""
    mail_from: str = "Markpass <markpass@localhost>"

    log_json: bool = False
    """One JSON object a line instead of lines for a person."""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "WARNING"
    """INFO writes a line for each request."""

    session_idle: timedelta = timedelta(hours=8)
    session_life: timedelta = timedelta(days=7)
    sign_in_tries: Positive = 10
    """Failed sign-ins of one account or address within `sign_in_window` before it must wait."""
    sign_in_window: timedelta = timedelta(minutes=15)
    rate_per_minute: Positive = 600
    """Requests a minute for one API key or session, in each process."""

    name_length: Positive = 500
    """Characters of one screened name."""
    names_per_screening: Positive = 10
    goods_per_screening: Positive = 50
    markets_per_screening: Positive = 40
    hits_default: Positive = 50
    hits_max: Positive = 1000
    body_bytes: Positive = 1 << 20
    clamd: str = ""
    """`host:port` of a clamd scanner that must call a file clean; without one: *not scanned*."""
    upload_bytes: Positive = 200 << 20
    unpacked_bytes: Positive = 2 << 30
    unpacked_ratio: Positive = 200
    """Unpacked over packed size above which a zip, xlsx or docx is refused as a bomb."""
    catalogue_rows: Positive = 50_000
    catalogue_hits: Positive = 10
    catalogues_per_organisation: Positive = 1
    bulk_lines: Positive = 1000
    """Most lines of one request of NDJSON."""
    searches_at_once: int = 0
    """Searches in flight in one process; 0 means as many as there are cores."""
    searches_waiting: Positive = 16
    search_wait: timedelta = timedelta(seconds=5)

    import_batch: Positive = 500
    """Most records written in one transaction; a batch is also cut by `import_batch_time`."""
    import_batch_time: timedelta = timedelta(milliseconds=120)
    """The write lock must be free again within 200 ms, so a batch stops well before."""
    sqlite_busy_timeout: timedelta = timedelta(seconds=10)

    euipo_client_id: str = ""
    """Key of the application registered at the EUIPO's developer portal."""
    euipo_client_secret: SecretStr | None = None
    euipo_url: str = "https://api.euipo.europa.eu/trademark-search"
    euipo_sign_in_url: str = "https://euipo.europa.eu/cas-server-webapp/oidc/accessToken"
    """Where the EUIPO gives out access tokens."""
    euipo_per_minute: Positive = 30
    tsdr_key: SecretStr | None = None
    """API key of the USPTO for TSDR."""
    tsdr_url: str = "https://tsdrapi.uspto.gov"
    tsdr_per_minute: Positive = 60
    tsdr_downloads_per_minute: Positive = 4
    bulk_folder: Path | None = None
    """Root of the watched folders, one for each office."""
    bulk_per_minute: Positive = 60
    outside_tries: Positive = 6
    """How often an outside service is asked before a job gives up for now."""
    outside_first_pause: timedelta = timedelta(seconds=1)
    outside_longest_sleep: timedelta = timedelta(seconds=30)
    """A pause an outside service asks for beyond this is not slept through: the job comes back."""
    outside_whole: timedelta = timedelta(minutes=2)
    """Within this an answer of an outside service must be there to its last byte."""

    retention_screenings: timedelta = timedelta(days=3653)
    """How long answers are kept: ten years, so that a dispute finds them."""
    retention_notices: timedelta = timedelta(days=731)
    retention_sessions: timedelta = timedelta(days=30)
    retention_replays: timedelta = timedelta(days=2)

    @field_validator("allowed_hosts", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",")) if isinstance(value, str) else value

    @property
    def url(self) -> str:
        """The database address in force."""
        return self.database_url or f"sqlite:///{self.home.absolute() / 'markpass.db'}"

    @property
    def index_folder(self) -> Path:
        """Folder of the matching index: derived data, rebuilt by `markpass index build`."""
        return self.home / "index"

    @property
    def files_folder(self) -> Path:
        """Folder of stored files, named by their SHA-256."""
        return self.home / "files"

    @property
    def mail_folder(self) -> Path:
        """Folder of e-mail where no mail server is set: one `.eml` file a message."""
        return self.home / "mail"

    @property
    def address(self) -> str:
        """Address under which people open the pages, without a slash at its end."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def search_slots(self) -> int:
        """Searches this process runs at once."""
        return self.searches_at_once or os.cpu_count() or 1


def load_settings() -> Settings:
    """Read the settings from the environment."""
    return Settings()
