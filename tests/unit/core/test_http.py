import httpx

from service import __version__
from service.core.http import client


def answer(request: httpx.Request) -> httpx.Response:
    return httpx.Response(302, headers={"Location": "https://elsewhere.example/"}, request=request)


def test_a_request_says_who_is_asking() -> None:
    with client(transport=httpx.MockTransport(answer)) as outside:
        request = outside.get("https://office.example/").request

    assert request.headers["User-Agent"] == f"markpass/{__version__}"


def test_a_redirection_is_handed_back_and_not_followed() -> None:
    with client(transport=httpx.MockTransport(answer)) as outside:
        assert outside.get("https://office.example/").status_code == 302


def test_no_request_waits_for_ever() -> None:
    with client() as outside:
        assert outside.timeout == httpx.Timeout(20.0, connect=5.0)
