"""Turning a template into an answer: whole pages, fragments for htmx, problem pages.

There is one Jinja environment for each language, so that macros need no context to translate.
Values are escaped; a name that is missing in the context is an error, never an empty place.
"""

import json
import secrets
from collections.abc import Mapping
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import quote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from starlette.requests import Request
from starlette.responses import HTMLResponse

from service.core.errors import Problem
from service.ui import tags
from service.ui.assets import asset_url
from service.ui.filters import FILTERS, translated_filters, with_query
from service.ui.i18n import (
    COOKIE,
    COOKIE_SECONDS,
    NAME_OF,
    QUERY,
    Language,
    language_of,
    translator,
)
from service.ui.navigation import navigation_of, navigation_paths, viewer_of

TEMPLATES = Path(__file__).parent / "templates"
CSRF_FIELD = "csrf_token"
_PATH_LETTERS = "/:@!$&'()*+,;=~"
HTMX = {
    "allowEval": False,
    "allowScriptTags": False,
    "includeIndicatorStyles": False,
    "selfRequestsOnly": True,
    "historyCacheSize": 0,
    "refreshOnHistoryMiss": True,
    "responseHandling": [
        {"code": "204", "swap": False},
        {"code": "[23]..", "swap": True},
        {"code": "422", "swap": True},
        {"code": "[45]..", "swap": True, "error": True, "target": "#problem"},
    ],
}
"""htmx settings: nothing evaluated, nothing inline, no page kept in the browser's store (names and
products are secret on a shared computer), a refused form shown where it stands, any other problem
in the page's own place for problems."""


@lru_cache
def environment(language: Language) -> Environment:
    """Return the Jinja environment of a language; its `ui` global holds every shared macro."""
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    words = translator(language)
    env.newstyle_gettext = True  # type: ignore[attr-defined]
    env.globals.update(
        _=words.text,
        gettext=words.text,
        ngettext=words.plural,
        pgettext=words.in_context,
        in_language=_in_language,
        language=language,
        asset_url=asset_url,
        csrf_field_name=CSRF_FIELD,
        htmx_config=json.dumps(HTMX),
        tags=tags,
    )
    env.filters.update(FILTERS)
    env.filters.update(translated_filters(words))
    env.globals["ui"] = SimpleNamespace()
    _gather_macros(env)
    return env


def page(
    request: Request,
    template: str | Template,
    *,
    status: int = HTTPStatus.OK,
    headers: Mapping[str, str] | None = None,
    **context: object,
) -> HTMLResponse:
    """Render a template as a whole page, or as the one block that htmx asked for.

    A request of htmx whose target element has the id `hit-list` gets only the template's block
    `hit_list`, when there is one; a `live` text in the context is then announced to screen
    readers. Any other request gets the whole page.

    Args:
        request: Its language, viewer and tokens fill the page's frame.
        template: Name under `templates/`, e.g. `screening/result.html`.
        status: HTTP status of the answer.
        headers: Added to the answer's.
        **context: What the template uses besides the frame's own names (docs/pages.md).
    """
    language = language_of(request)
    loaded = environment(language).get_template(template)
    filled = {**frame(request), **context}
    block = _wanted_block(request, loaded)
    text = loaded.render(filled) if block is None else _render_block(loaded, block, filled)
    response = HTMLResponse(text, status_code=status, headers=dict(headers or {}))
    response.headers["Content-Language"] = language
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Vary"] = "Accept-Language, Cookie, HX-Request, HX-Target"
    response.headers["Content-Security-Policy"] = content_security_policy(str(filled["nonce"]))
    if request.query_params.get(QUERY) == language:
        _remember_language(request, response, language)
    return response


def problem_page(request: Request, problem: Problem) -> HTMLResponse:
    """Render an expected failure in the reader's language, with its status and the way on.

    Wire it up in the composition root for requests that accept HTML.
    """
    headers = {}
    if "retry_after" in problem.members:
        headers["Retry-After"] = str(problem.members["retry_after"])
    template = "errors/fragment.html" if is_htmx(request) else "errors/problem.html"
    return page(request, template, status=problem.status, headers=headers, problem=problem)


def is_htmx(request: Request) -> bool:
    """Say whether htmx asks for a part of a page (and not for a whole page it has lost)."""
    asks = request.headers.get("hx-request") == "true"
    return asks and request.headers.get("hx-history-restore-request") != "true"


def content_security_policy(nonce: str) -> str:
    """Return the policy every page is served under: nothing inline, nothing from elsewhere.

    `data:` images are the small SVG marks inside Tabler's style sheet.
    """
    return (
        f"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; "
        "img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )


def frame(request: Request) -> dict[str, object]:
    """Return what every template may use: docs/pages.md lists it."""
    here = address_of(request)
    return {
        "request": request,
        "here": here,
        "path": request.scope["path"],
        "query": request.query_params,
        "viewer": viewer_of(request),
        "navigation": navigation_of(request),
        "navigation_paths": navigation_paths(request),
        "languages": [
            (tag, NAME_OF[tag], with_query(here, **{QUERY: tag.value})) for tag in Language
        ],
        "csrf_token": getattr(request.state, "csrf_token", ""),
        "nonce": getattr(request.state, "csp_nonce", None) or secrets.token_urlsafe(16),
        "form": None,
        "live": "",
    }


def address_of(request: Request) -> str:
    """Return the path and query under which this page can be opened again; always on our host.

    A form that was sent and refused is shown under an address that may answer nothing but the
    form; then it is the page the form stood on, when the browser tells.
    """
    path = quote(request.scope["path"], safe=_PATH_LETTERS)
    query = request.scope["query_string"].decode("latin-1")
    if request.method not in {"GET", "HEAD"}:
        path, query = _page_before(request) or (path, query)
    # One slash only: `//name` at the head of an address would lead to another host.
    return with_query(f"/{path.lstrip('/')}?{query}", **{QUERY: None})


def _page_before(request: Request) -> tuple[str, str] | None:
    try:
        before = urlsplit(request.headers.get("referer", ""))
    except ValueError:
        return None
    if before.netloc != request.headers.get("host"):
        return None
    return quote(before.path, safe=f"{_PATH_LETTERS}%"), before.query


def _in_language(tag: str, message: str, /, **values: object) -> str:
    """Translate for a page that shows both languages side by side, as customs forms do."""
    return translator(Language(tag)).text(message, **values)


def _gather_macros(env: Environment) -> None:
    """Put the macros of `macros/*.html` into the global `ui`; two of the same name are refused."""
    ui = env.globals["ui"]
    for path in sorted((TEMPLATES / "macros").glob("*.html")):
        for name, macro in vars(env.get_template(f"macros/{path.name}").module).items():
            if name.startswith("_") or not callable(macro):
                continue
            if hasattr(ui, name):
                raise ValueError(f"macro {name} is defined twice")
            setattr(ui, name, macro)


def _wanted_block(request: Request, template: Template) -> str | None:
    if not is_htmx(request):
        return None
    name = request.headers.get("hx-target", "").replace("-", "_")
    return name if name in template.blocks else None


def _render_block(template: Template, name: str, values: dict[str, object]) -> str:
    context = template.new_context(values)
    text = "".join(template.blocks[name](context))
    live = values.get("live")
    if not live:
        return text
    return text + template.environment.get_template("live.html").render(live=live)


def _remember_language(request: Request, response: HTMLResponse, language: Language) -> None:
    response.set_cookie(
        COOKIE,
        language.value,
        max_age=COOKIE_SECONDS,
        httponly=True,
        secure=request.scope["scheme"] == "https",
        samesite="lax",
    )
