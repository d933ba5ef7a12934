"""Webhooks: signed so that another program can tell, sent where they may go, and nowhere else."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import uuid4

import httpx
import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from service.core.public_http import AddressRefused
from service.notices.webhooks import NotDelivered, new_signing_secret, send_webhook

SECRET = new_signing_secret()
ID = uuid4()
URL = "https://erp.example.com/hook"
Answer = Callable[[httpx.Request], httpx.Response]


def sent(answer: Answer) -> list[httpx.Request]:
    seen: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return answer(request)

    send_webhook(
        URL,
        SECRET,
        delivery_id=ID,
        at=datetime.now(UTC),
        content={"type": "watch.alert", "data": {"title": "雅迪"}},
        transport=httpx.MockTransport(handle),
    )
    return seen


def test_the_receiver_can_tell_that_it_is_ours_and_whole() -> None:
    (request,) = sent(lambda _: httpx.Response(204))

    content = Webhook(SECRET).verify(request.content, dict(request.headers))
    assert content["data"]["title"] == "雅迪"
    assert request.headers["webhook-id"] == str(ID)
    with pytest.raises(WebhookVerificationError):
        Webhook(new_signing_secret()).verify(request.content, dict(request.headers))
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(request.content + b" ", dict(request.headers))


@pytest.mark.parametrize("status", [301, 302, 303, 400, 404, 410, 429, 500, 503])
def test_any_other_answer_is_no_delivery(status: int) -> None:
    with pytest.raises(NotDelivered, match=f"HTTP {status}"):
        sent(lambda _: httpx.Response(status, headers={"location": URL}))


def test_a_redirect_that_keeps_the_body_is_followed() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/hook":
            return httpx.Response(308, headers={"location": "/new"})
        return httpx.Response(200)

    first, second = sent(answer)

    assert second.url == "https://erp.example.com/new"
    assert second.content == first.content
    assert second.headers["webhook-signature"] == first.headers["webhook-signature"]


def test_redirects_without_end_are_given_up() -> None:
    with pytest.raises(NotDelivered, match="redirects"):
        sent(lambda _: httpx.Response(307, headers={"location": URL}))


@pytest.mark.parametrize(
    "fault",
    [httpx.ConnectError("no"), httpx.ReadTimeout("slow"), AddressRefused("x is not public")],
)
def test_what_keeps_it_from_arriving_is_told(fault: Exception) -> None:
    def answer(_: httpx.Request) -> httpx.Response:
        raise fault

    with pytest.raises(NotDelivered):
        sent(answer)
