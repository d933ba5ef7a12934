"""Backup and restore of one installation: database, stored files, settings without secrets.

The matching index is not in it: it is derived, and rebuilt after a restore. Nor are secrets: the
key that signs cursors is made anew; of passwords and API keys the database has hashes only.
"""

from service.core.backup.archive import Manifest, Tell
from service.core.backup.errors import BackupUnreadable, PlaceTaken
from service.core.backup.making import make
from service.core.backup.restoring import is_empty, restore

__all__ = ["BackupUnreadable", "Manifest", "PlaceTaken", "Tell", "is_empty", "make", "restore"]
