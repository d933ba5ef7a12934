"""The one process that runs jobs: who it is, and starting and stopping DBOS in it.

The right to run jobs is the lease `jobs`. A worker holds the lease `worker` besides while it
lives; a web process takes `jobs` only while nobody holds `worker`, and gives it up to a worker that
comes. So jobs run in the worker where there is one, and else in a web process; the others only
write rows.
"""

import logging
from datetime import timedelta
from threading import Event, Thread
from typing import TYPE_CHECKING
from uuid import UUID

import structlog

from service.core.db import Database
from service.core.files import Files
from service.core.jobs.domain import Queue
from service.core.jobs.handlers import HANDLERS, import_every_job
from service.core.jobs.runner import Runtime, run
from service.core.jobs.store import APPLICATION, EXECUTOR, SCHEMA, VERSION, WORKFLOW, enqueue
from service.core.lease import Lease, lease
from service.core.settings import Settings

if TYPE_CHECKING:
    from dbos import DBOSConfig

RUNNING, WORKER = "jobs", "worker"
POLL = timedelta(seconds=1)
"""How often a process looks whether the right to run jobs is free, or still its own."""
PAUSE = timedelta(seconds=4)
"""How long it waits besides when it could not look, or not begin."""
GRACE = timedelta(seconds=10)
"""How long a stopping process waits for its jobs to come to a check."""
PLACES = {
    Queue.INTERACTIVE: 2,
    Queue.IMPORTS: 1,
    Queue.CATALOGUES: 1,
    Queue.NOTICES: 2,
    Queue.OFFICES: 3,
    Queue.UPKEEP: 1,
}
"""Jobs of each queue that run at once."""
QUEUE_POLL = {
    Queue.INTERACTIVE: 0.25,
    Queue.IMPORTS: 1.0,
    Queue.CATALOGUES: 1.0,
    Queue.NOTICES: 1.0,
    Queue.OFFICES: 2.0,
    Queue.UPKEEP: 2.0,
}
"""Seconds between two looks into each queue."""
TICK = "job.tick"

log = structlog.get_logger(__name__)


def make_queue_tables(database: Database) -> None:
    """Make or upgrade DBOS's own tables; part of `service.core.migrate.upgrade`."""
    from dbos import DBOS

    logging.getLogger("dbos").setLevel(logging.WARNING)
    DBOS.migrate(_address(database), schema=SCHEMA)


def _address(database: Database) -> str:
    return database.engine.url.render_as_string(hide_password=False)


class Jobs:
    """Runs jobs in this process whenever it is this process's turn.

    Args:
        worker: True in `markpass worker`, whose claim goes before that of a web process.
    """

    def __init__(self, settings: Settings, database: Database, *, worker: bool = False) -> None:
        self._settings = settings
        self._database = database
        self._worker = worker
        self._leases: dict[str, Lease] = {}
        self._stop = Event()
        self._leading = Event()
        self._thread: Thread | None = None
        self._runtime: Runtime | None = None

    def start(self) -> None:
        """Begin to watch for our turn, in a thread of its own; returns at once."""
        import_every_job()
        self._leases = {name: lease(self._database, name) for name in (RUNNING, WORKER)}
        self._stop.clear()
        self._thread = Thread(target=self._watch, name="jobs", daemon=True)
        self._thread.start()

    def stop(self, *, grace: timedelta = GRACE) -> bool:
        """Stop running jobs; unfinished ones wait for the next process.

        Returns:
            Whether every job came to a check within `grace`. Otherwise the process should end now:
            the right to run jobs stays taken until it does.
        """
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        drained = self._retire(grace)
        if drained:
            for held in self._leases.values():
                held.release()
        return drained

    def leads(self, *, within: timedelta = timedelta(0)) -> bool:
        """Tell whether jobs run in this process, waiting up to `within` for it."""
        return self._leading.wait(within.total_seconds())

    def _watch(self) -> None:
        while not self._stop.is_set():
            try:
                self._look()
            except Exception as error:  # noqa: BLE001  the watch must outlive a database restart
                log.warning("jobs.watch", error=type(error).__name__, detail=str(error))
                self._stop.wait(PAUSE.total_seconds())
            self._stop.wait(POLL.total_seconds())

    def _look(self) -> None:
        runtime = self._runtime
        if runtime is not None:
            if not self._leases[RUNNING].held():
                log.warning("jobs.lease_lost")
                self._retire(timedelta(0))
            # Once begun, giving way is finished, whether or not the other one is still there.
            elif (runtime.stopping.is_set() or not self._first()) and runtime.drain(timedelta(0)):
                self._retire(timedelta(0))
                self._leases[RUNNING].release()
        elif self._first() and self._leases[RUNNING].take():
            try:
                self._lead()
            except BaseException:
                _quit()
                self._leases[RUNNING].release()
                raise

    def _first(self) -> bool:
        """Tell whether nobody with a better claim is there."""
        if self._worker:
            return self._leases[WORKER].take()
        return self._leases[WORKER].free()

    def _lead(self) -> None:
        files = Files(self._settings.files_folder)
        runtime = Runtime(self._settings, self._database, files)
        _launch(runtime)
        self._runtime = runtime
        self._leading.set()
        log.info("jobs.leading", worker=self._worker)

    def _retire(self, grace: timedelta) -> bool:
        runtime = self._runtime
        if runtime is None:
            return True
        self._leading.clear()
        drained = runtime.drain(grace)
        _quit()
        self._runtime = None
        return drained


def _config(database: Database) -> "DBOSConfig":
    from dbos import DBOSConfig, DBOSPortableJSONSerializer

    return DBOSConfig(
        name=APPLICATION,
        system_database_url=_address(database),
        dbos_system_schema=SCHEMA,
        application_version=VERSION,
        executor_id=EXECUTOR,
        serializer=DBOSPortableJSONSerializer(),
        run_migrations=False,
        sys_db_pool_size=10,
        log_level="WARNING",
        console_log_level="WARNING",
        scheduler_polling_interval_sec=30.0,
    )


def _launch(runtime: Runtime) -> None:
    from dbos import DBOS

    DBOS(config=_config(runtime.database))

    def run_job(job_id: str, attempt: int) -> None:
        run(runtime, UUID(job_id), attempt)

    def tick(_scheduled_at: object, name: str) -> None:
        _enqueue_by_clock(runtime.database, name)

    # Our own rows count starts and tries; DBOS shall recover as often as it takes.
    DBOS.workflow(name=WORKFLOW, max_recovery_attempts=None)(run_job)
    ticking = DBOS.workflow(name=TICK, max_recovery_attempts=None)(tick)
    DBOS.launch()
    for queue, places in PLACES.items():
        DBOS.register_queue(
            queue.value,
            worker_concurrency=places,
            polling_interval_sec=QUEUE_POLL[queue],
            on_conflict="always_update",
        )
    clocked = {handler.name: handler.cron for handler in HANDLERS.values() if handler.cron}
    for known in DBOS.list_schedules():
        if known["schedule_name"] not in clocked:
            DBOS.delete_schedule(known["schedule_name"])
    DBOS.apply_schedules(
        [
            {"schedule_name": name, "workflow_fn": ticking, "schedule": cron, "context": name}
            for name, cron in clocked.items()
        ]
    )
    for name in clocked:
        _enqueue_by_clock(runtime.database, name)


def _enqueue_by_clock(database: Database, name: str) -> None:
    if name in HANDLERS:
        with database.write() as session:
            enqueue(session, name, key="clock")


def _quit() -> None:
    from dbos import DBOS

    DBOS.destroy(destroy_registry=True)
