"""Webhooks as Standard Webhooks (1.0) has them: signed, named, sent again until they arrive."""

import json
import secrets
from base64 import b64encode
from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import urljoin
from uuid import UUID

import httpx
from standardwebhooks.webhooks import Webhook

from service.core.public_http import AddressRefused, public_client

REDIRECTS = 3
RESENT = frozenset({HTTPStatus.TEMPORARY_REDIRECT, HTTPStatus.PERMANENT_REDIRECT})
"""The redirects that keep method and body."""
SECRET_BYTES = 32


class NotDelivered(Exception):
    """The endpoint did not take it; the text says why, without anything the endpoint said."""


def new_signing_secret() -> str:
    """Return a fresh secret in the form of Standard Webhooks."""
    return f"whsec_{b64encode(secrets.token_bytes(SECRET_BYTES)).decode()}"


def signed(secret: str, delivery_id: UUID, at: datetime, body: str) -> dict[str, str]:
    """Return the headers that name and sign a body sent at `at` (aware)."""
    return {
        "content-type": "application/json",
        "webhook-id": str(delivery_id),
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(secret).sign(str(delivery_id), at, body),
    }


def send_webhook(
    url: str,
    secret: str,
    *,
    delivery_id: UUID,
    at: datetime,
    content: Mapping[str, Any],
    transport: httpx.BaseTransport | None = None,
) -> None:
    """Send one webhook; an answer of 2xx means it was taken.

    Args:
        url: HTTPS address of the endpoint.
        secret: Signs the body, `whsec_…`.
        delivery_id: The webhook's id, the same on every try.
        at: Now, aware.
        content: The body.
        transport: What carries it; tests pass their own.

    Raises:
        NotDelivered: refused address, no connection, another status, too many redirects.
    """
    body = json.dumps(content, ensure_ascii=False)
    headers = signed(secret, delivery_id, at, body)
    try:
        with public_client(transport) as http:
            for _ in range(REDIRECTS + 1):
                # Not read: what an endpoint says may be endless.
                with http.stream("POST", url, content=body.encode(), headers=headers) as answer:
                    if answer.is_success:
                        return
                    if answer.status_code not in RESENT or "location" not in answer.headers:
                        raise NotDelivered(f"HTTP {answer.status_code}")
                    url = urljoin(url, answer.headers["location"])
    except AddressRefused as fault:
        raise NotDelivered(str(fault)) from None
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as fault:
        raise NotDelivered(type(fault).__name__) from None
    raise NotDelivered("too many redirects")
