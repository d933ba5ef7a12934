"""A page with every macro on it, and a small application that serves it."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from fastapi import FastAPI, Request
from fastapi.responses import Response

from service.core.errors import FieldError, Invalid, NotFound, TooMany
from service.ui.assets import mount_static
from service.ui.forms import Form, PostedForm
from service.ui.i18n import Language, language_of
from service.ui.navigation import Entry, Group, Viewer, install_navigation
from service.ui.render import environment, page, problem_page
from service.ui.views import Clue, Confidence, Deadline, Event, Option, Step

SOURCE = (Path(__file__).parent / "gallery.html").read_text(encoding="utf-8")
TODAY = date(2026, 11, 23)
MOMENT = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
WRONG = Form(
    {"name": ["<b>雅迪</b>"], "markets": ["DE"], "role": ["oem"]},
    (
        FieldError("name", "Enter at most {max_length} characters.", {"max_length": 500}),
        FieldError("role", "Choose one of the answers offered."),
        FieldError("markets", "Give at least {min_length}.", {"min_length": 2, "label": "Pages"}),
        FieldError("", "Please correct the marked fields."),
    ),
)


class Row(NamedTuple):
    """A row of the gallery's table."""

    text: str
    status: str
    nice: int


ROWS = (Row("YADEA", "registered", 12), Row("雅迪", "unknown", 12), Row("ヤデア", "refused", 9))
CLUES = (
    Clue(
        "Identical", "identical", 1.0, "ya di", "ya di", {"zh": "读音相同。", "en": "Same sound."}
    ),
    Clue("Rule", "low", None, against=True, explanation={"zh": "商品不同。", "en": "Other goods."}),
)
EVENTS = (
    Event(
        MOMENT, "Source: {source}, as of {day}", {"source": "XX", "day": TODAY}, "王芳", "甲\n乙"
    ),
    Event(MOMENT, "Registered", href="/gallery"),
)
WHY = {"zh": "自收到之日起三个工作日。", "en": "Three working days from receipt."}
DEADLINES = (
    Deadline(
        *("Legal basis", TODAY, "cn.customs.reply", "3", "Art. 16", "Filed", TODAY, "Rule", WHY),
        provisional=True,
        confidence=Confidence.CONFLICT,
        days_left=-2,
    ),
    Deadline(
        *("Rule", TODAY, "eu.afa.reply", "1", "Art. 17", "Filed", TODAY, "Rule", WHY),
        confidence=Confidence.MEMORY,
        days_left=1,
    ),
    Deadline("Screening", TODAY, explanation=WHY, days_left=0),
    Deadline("Customs", None),
)


def context(language: Language, form: Form) -> dict[str, Any]:
    """Return what the gallery shows."""
    return {
        "say": lambda zh, en: zh if language is Language.ZH_HANS else en,
        "form": form,
        "roles": [Option("own", "Registered mark", "Name searched"), ("oem", "Rule")],
        "markets": [("DE", "Customs"), ("US", "Cases")],
        "offices": [Option("XX", "演示局" if language is Language.ZH_HANS else "XX", data=True)],
        "clues": CLUES,
        "rows": ROWS,
        "steps": [Step("Filed", "/gallery"), Step("Published"), Step("Registered")],
        "events": EVENTS,
        "deadlines": DEADLINES,
        "today": TODAY,
        "moment": MOMENT,
        "live": "3",
    }


def gallery(request: Request, form: Form, status: int = 200) -> Response:
    """Answer the gallery page."""
    language = language_of(request)
    template = environment(language).from_string(SOURCE)
    return page(request, template, status=status, **context(language, form))


def make_app() -> FastAPI:
    """Return an application with the gallery, its errors and its static files."""
    app = FastAPI()

    @app.get("/gallery")
    def show(request: Request) -> Response:
        request.state.csrf_token = "token"
        request.state.viewer = Viewer("王芳", "示例工作站", frozenset({"mark:read"}), compact=True)
        return gallery(request, Form.blank(name="雅迪", markets=["DE", "US"], role="own"))

    @app.get("/wrong")
    def show_wrong(request: Request) -> Response:
        return gallery(request, WRONG, 422)

    @app.post("/gallery")
    def send(request: Request, sent: PostedForm) -> Response:
        problem = Invalid("Please correct the marked fields.", errors=WRONG.errors[:1])
        return gallery(request, Form.after(problem, sent), 422)

    @app.get("/missing")
    def missing(request: Request) -> Response:
        return problem_page(request, NotFound("There is no such page."))

    @app.get("/busy")
    def busy(request: Request) -> Response:
        text = "Try again in {seconds} seconds."
        return problem_page(request, TooMany(text, retry_after=7, seconds=7))

    install_navigation(
        app,
        (
            Entry("/", "My work", Group.WORK),
            Entry("/gallery", "Screening", Group.SCREENING, "mark:read"),
            Entry("/secret", "Cases", Group.CASES, "case:read"),
        ),
    )
    mount_static(app)
    return app
