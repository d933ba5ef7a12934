"""TSDR as it answers: cases one by one or several together, and when it was last updated."""

import json
import re
from collections.abc import Mapping

from tests.offices.serving import Asked, Given, Office

KEY = "our-key-77aa"
CASE = re.compile(
    r"/ts/cd/(casestatus|casedocs|casedoc)/sn(\d{8})/(?:(\w+)/)?(info|info\.xml|content\.pdf)"
)
BODY = re.compile(
    rb"(<(?:\w+:)?TradeMark>|<(?:\w+:)?Trademark>).*(</(?:\w+:)?TradeMark>|</(?:\w+:)?Trademark>)",
    re.S,
)

PAPER = {
    "documentId": "ORC2004",
    "documentDescription": "Registration",
    "mailDate": "2004-03-23",
    "numberOfPages": 2,
}


class Tsdr(Office):
    """Cases by serial number, each as a whole answer in WIPO ST.66 or ST.96."""

    def __init__(self, cases: Mapping[str, bytes], *, together: bool = True) -> None:
        super().__init__(self._answered)
        self.cases = dict(cases)
        self.together = together
        self.updated = "1999-03-10T04:00:00Z"

    def _answered(self, asked: Asked) -> Given:
        if asked.path == "/last-update/info.json":
            update = json.dumps({"lastUpdateDate": self.updated}).encode()
            return Given(body=update, headers={"ETag": f'"{self.updated}"'})
        if asked.headers.get("uspto-api-key") != KEY:
            return Given(403, b"")
        if asked.path == "/ts/cd/caseMultiStatus/xml":
            return self._several(asked.query["sn"].split(","))
        found = CASE.fullmatch(asked.path)
        if not found or found[2] not in self.cases:
            return Given(404, b"")
        if found[1] == "casestatus":
            return Given(body=self.cases[found[2]], media="application/xml")
        if found[1] == "casedocs":
            papers = {"serialNumber": found[2], "documentList": [PAPER]}
            return Given(body=json.dumps(papers).encode())
        return Given(body=b"%PDF-1.7 a certificate", media="application/pdf")

    def _several(self, numbers: list[str]) -> Given:
        there = [self.cases[number] for number in numbers if number in self.cases]
        if not self.together:
            return Given(404, b"")
        if not there:
            return Given(
                body=b"<TrademarkTransaction><Trademark></Trademark></TrademarkTransaction>"
            )
        return Given(body=joined(there), media="application/xml")


def joined(answers: list[bytes]) -> bytes:
    """Return one answer with the marks of several, in the envelope of the first."""
    marks = []
    for answer in answers:
        found = BODY.search(answer)
        assert found
        marks.append(found[0])
    return answers[0].replace(marks[0], b"".join(marks))
