"""What endpoints are sent, as the `webhooks` of the interface's description."""

from typing import Annotated

from fastapi import APIRouter, Header

from service.notices.schemas import WebhookBody
from service.notices.topics import TOPICS

Named = Annotated[str, Header(alias="webhook-id", description="The same for each try.")]
Sent = Annotated[str, Header(alias="webhook-timestamp", description="Seconds since 1970.")]
Signed = Annotated[
    str,
    Header(
        alias="webhook-signature",
        description="`v1,` and the HMAC-SHA256 of id, time and body, as Standard Webhooks has it.",
        examples=["v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4="],
    ),
]


def describe_webhooks(router: APIRouter) -> None:
    """Describe what an endpoint is sent for each topic."""
    for topic, kind in TOPICS.items():
        router.add_api_route(
            topic.value,
            _taken,
            methods=["POST"],
            status_code=204,
            summary=kind.label,
            name=topic.value,
            tags=["webhooks"],
        )


def _taken(body: WebhookBody, name: Named, at: Sent, signature: Signed) -> None:
    """Answer any 2xx within ten seconds; check the signature, drop an id that was seen before."""
