"""Passwords and tokens: made at random, kept as hashes."""

import hashlib
import secrets

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from service.core.text import N_
from service.identity.errors import WeakPassword

MINIMUM = 12
"""Characters of a password: NIST SP 800-63B-4 asks 15 for passwords alone, 8 beside a second
factor; 12 with throttling is the compromise of docs/decisions/0002-sign-in.md."""

_hasher = PasswordHash((Argon2Hasher(),))
_NOBODY = _hasher.hash(secrets.token_urlsafe(16))


def hash_password(password: str) -> str:
    """Return the Argon2id hash; raise `WeakPassword` below `MINIMUM` characters."""
    if len(password) < MINIMUM or len(set(password)) < 4:
        raise WeakPassword(
            N_("A password has at least {minimum} characters, not all alike."), minimum=MINIMUM
        )
    return _hasher.hash(password)


def password_fits(password: str, hashed: str | None) -> bool:
    """Verify in the same time whether or not the person exists."""
    fits = _hasher.verify(password, hashed or _NOBODY)
    return fits and bool(hashed)


def new_token(prefix: str = "") -> str:
    """Return 256 random bits as text."""
    return prefix + secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """Return the SHA-256 under which a random token is kept (it needs no slow hash)."""
    return hashlib.sha256(token.encode()).hexdigest()
