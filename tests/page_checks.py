"""What the strict page reader finds fault with: one function for each kind of fault."""

import re
from collections.abc import Callable, Iterable, Iterator

from babel.support import Translations

from service.ui.i18n import Language, translator
from service.ui.render import CSRF_FIELD
from tests.page_tree import SILENT, Document, Element

UNLABELLED_TYPES = frozenset({"hidden", "submit", "button", "image", "reset"})
REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls", "for")
NAMING_ATTRIBUTES = ("aria-label", "alt", "placeholder", "title")
_HAN = re.compile(r"[\u3400-\u9fff]")
_PLACE = re.compile(r"\{[a-z_]+\}|%\([a-z_]+\)s")
_ENGLISH_SENTENCE = re.compile(r"[A-Za-z]+(?:[ ,]+[a-z]{2,}){3,}")
"""Four words in a row, all but the first in small letters: prose, not a company's name."""


def _frame(page: Document) -> Iterable[str]:
    if page.doctype.lower() != "doctype html":
        yield "page has no doctype"
    languages = [element.get("lang") for element in page.all("html")]
    if languages not in [[tag.value] for tag in Language]:
        yield f"page has lang {languages}"
    for tag in ("title", "h1", "main"):
        if len(page.all(tag)) != 1:
            yield f"page needs exactly one <{tag}>, has {len(page.all(tag))}"
    titles, headings = page.all("title"), page.all("h1")
    if titles and headings and headings[0].text not in titles[0].text:
        yield f"title {titles[0].text!r} does not name the h1 {headings[0].text!r}"
    if headings and not headings[0].text:
        yield "h1 is empty"


def _references(page: Document) -> Iterable[str]:
    ids = {element.get("id") for element in page.root.walk() if "id" in element.attributes}
    for element in page.root.walk():
        for attribute in REFERENCES:
            for name in element.get(attribute).split():
                if name not in ids:
                    yield f"{attribute} of <{element.tag}> names {name!r}, which is not here"
        targets = [element.get("hx-target")]
        targets += [element.get("href")] if element.tag == "a" else []
        for target in targets:
            if target.startswith("#") and target[1:] not in ids:
                yield f"<{element.tag}> points at {target!r}, which is not here"


def _ids(page: Document) -> Iterable[str]:
    ids = [element.get("id") for element in page.root.walk() if "id" in element.attributes]
    for one in sorted(set(ids)):
        if ids.count(one) > 1:
            yield f"id {one!r} appears {ids.count(one)} times"
        if not one or any(letter.isspace() for letter in one):
            yield f"id {one!r} is empty or has a space"


def _labels(page: Document) -> Iterable[str]:
    labelled = {label.get("for") for label in page.all("label") if label.text}
    for element in page.all("input", "select", "textarea"):
        if element.get("type") in UNLABELLED_TYPES:
            continue
        named = element.get("id") in labelled or element.get("aria-label")
        named = named or element.get("aria-labelledby")
        if not named and not any(e.tag == "label" and e.text for e in element.around()):
            yield f"<{element.tag}> {element.get('name')!r} has no label"
        grouped = any(e.tag == "fieldset" for e in element.around())
        if element.get("type") == "radio" and not grouped:
            yield f"radio {element.get('name')!r} stands outside a fieldset"
    for fieldset in page.all("fieldset"):
        if not any(legend.text for legend in fieldset.all("legend")):
            yield "a fieldset has no legend"


def _images(page: Document) -> Iterable[str]:
    for image in page.all("img"):
        if "alt" not in image.attributes:
            yield f"image {image.get('src')!r} has no alt"
    for drawing in page.all("svg"):
        if drawing.get("aria-hidden") != "true" and not drawing.get("aria-label"):
            yield "a drawing is neither hidden nor named"


def _forms(page: Document) -> Iterable[str]:
    signed_in = any(form.get("action") == "/sign-out" for form in page.all("form"))
    for form in page.all("form"):
        action, method = form.get("action"), form.get("method").lower()
        if not action:
            yield "a form works only with scripts: it has no action"
        if method not in {"get", "post"}:
            yield f"form {action!r} does not say get or post"
        tokens = [i for i in form.all("input") if i.get("name") == CSRF_FIELD]
        if method == "post" and len(tokens) != 1:
            yield f"form {action!r} has {len(tokens)} CSRF tokens"
        if method == "post" and signed_in and any(not token.get("value") for token in tokens):
            yield f"form {action!r} has an empty CSRF token"
        if method == "get" and tokens:
            yield f"form {action!r} would put the CSRF token into the address"
        files = [i for i in form.all("input") if i.get("type") == "file"]
        if files and form.get("enctype") != "multipart/form-data":
            yield f"form {action!r} would send a file's name without the file"


def _tables(page: Document) -> Iterable[str]:
    for table in page.all("table"):
        captions = table.all("caption")
        if len(captions) != 1 or not captions[0].text:
            yield "a table has no caption"
        headers = table.all("th")
        if not headers:
            yield "a table has no header cells"
        for header in headers:
            if header.get("scope") not in {"col", "row", "colgroup", "rowgroup"}:
                yield f"header cell {header.text!r} has no scope"


def _inline(page: Document) -> Iterable[str]:
    for element in page.root.walk():
        if element.tag == "style" or "style" in element.attributes:
            yield f"<{element.tag}> has inline style"
        if element.tag == "script" and not element.get("src").startswith("/static/"):
            yield "a script is inline or from elsewhere"
        for attribute, value in element.attributes.items():
            if attribute.startswith(("on", "hx-on")):
                yield f"<{element.tag}> has the event handler {attribute}"
            if value.lower().lstrip().startswith(("javascript:", "js:")):
                yield f"{attribute} of <{element.tag}> holds a script"


def _names(page: Document) -> Iterable[str]:
    for link in page.all("a"):
        if not link.name:
            yield f"link to {link.get('href')!r} has no name"
        if link.get("href") in {"", "#"}:
            yield f"link {link.name!r} leads nowhere"
        if link.get("target") == "_blank":
            yield f"link {link.name!r} opens a window of its own"
    for button in page.all("button"):
        if not button.name:
            yield "a button has no name"
        if button.get("type") not in {"submit", "button"}:
            yield f"button {button.name!r} has no type"
    regions = [e for e in page.root.walk() if e.tag == "nav" or e.get("role") == "region"]
    for region in regions:
        if not region.get("aria-label") and not region.get("aria-labelledby"):
            yield f"<{region.tag}> is a landmark without a name"


def _headings(page: Document) -> Iterable[str]:
    level = 1
    for heading in page.all("h1", "h2", "h3", "h4", "h5", "h6"):
        here = int(heading.tag[1])
        if here > level + 1 and not page.fragment:
            yield f"heading {heading.text!r} skips from h{level} to h{here}"
        if not heading.text:
            yield f"<{heading.tag}> is empty"
        level = here


def _order(page: Document) -> Iterable[str]:
    for element in page.root.walk():
        if element.get("tabindex") not in {"", "0", "-1"}:
            yield f"<{element.tag}> takes itself out of the order of the page"
        if "accesskey" in element.attributes:
            yield f"<{element.tag}> claims a key"


def _errors(page: Document) -> Iterable[str]:
    wrong = [e for e in page.root.walk() if e.get("aria-invalid") == "true"]
    marked = [e for e in page.root.walk() if "field-wrong" in e.get("class").split()]
    if not wrong and not marked:
        return
    summaries = [e for e in page.root.walk() if e.get("id") == "errors"]
    if not summaries:
        yield "a field is marked wrong and no summary says so"
        return
    linked = {link.get("href") for link in summaries[0].all("a")}
    for element in wrong:
        if f"#{element.get('id')}" not in linked:
            yield f"the summary does not lead to {element.get('id')!r}"


def _leftovers(page: Document) -> Iterable[str]:
    for element, text in page.root.texts():
        if element.tag not in {"code", "pre", "textarea"} and (place := _PLACE.search(text)):
            yield f"{place[0]} was not filled in {text.strip()!r}"
        if text.strip() in {"None", "True", "False", "nan"}:
            yield f"<{element.tag}> shows {text.strip()}"


def _language(page: Document) -> Iterable[str]:
    languages = [element.get("lang") for element in page.all("html")]
    if languages == [Language.ZH_HANS]:
        yield from _untranslated(page)
    if languages == [Language.EN]:
        for _, text in _ours(page, Language.EN):
            if _HAN.search(text):
                yield f"Chinese in an English page without lang or translate=no: {text!r}"


def _untranslated(page: Document) -> Iterable[str]:
    catalogue = translator(Language.ZH_HANS).catalogue
    known = catalogue._catalog if isinstance(catalogue, Translations) else {}
    for element, text in _ours(page, Language.ZH_HANS):
        if known.get(text, text) != text:
            yield f"the page has the message id {text!r} and not its translation"
        elif _ENGLISH_SENTENCE.search(text) and not _HAN.search(text):
            yield f"<{element.tag}> is in English in a Chinese page: {text!r}"


def _ours(page: Document, language: Language) -> Iterator[tuple[Element, str]]:
    """Yield texts and naming attributes that should be in the page's language."""
    pieces = list(page.root.texts())
    for element in page.root.walk():
        pieces += [(element, element.get(a)) for a in NAMING_ATTRIBUTES if element.get(a)]
    for element, text in pieces:
        folded = " ".join(text.split())
        foreign = element.inherited("lang") != language or element.inherited("translate") == "no"
        code = any(e.tag in {"code", "pre", "textarea", *SILENT} for e in element.around())
        if folded and not foreign and not code:
            yield element, folded


Check = Callable[[Document], Iterable[str]]
OF_EVERYTHING: tuple[Check, ...] = (
    *(_ids, _labels, _images, _forms, _tables, _inline),
    *(_names, _headings, _order, _errors, _leftovers),
)
OF_WHOLE_PAGES: tuple[Check, ...] = (_frame, _references, _language, *OF_EVERYTHING)
