"""What the process that `tests.children` forks from has imported: all that a worker needs."""

import dbos  # noqa: F401  imported when jobs begin, which every child would do anew

from service.core.jobs.handlers import import_every_job

import_every_job()
