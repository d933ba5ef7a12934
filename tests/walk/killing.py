"""A walk whose every request is broken off just before, then just after each of its commits."""

from typing import Any

import httpx2 as httpx
from fastapi import FastAPI

from tests.walk.breaking import Moment, broken_off
from tests.walk.sound import faults, state
from tests.walk.walking import Walk

HANDED_OUT = ("/bundle", "/volume")


class KilledWalk(Walk):
    """Sends every request again and again until nothing breaks it off any more."""

    def __init__(self, app: FastAPI) -> None:
        super().__init__(app)
        self.kills = 0

    def send(self, who: str, method: str, path: str, **options: Any) -> httpx.Response:
        """Send a request; the answer that counts is the one that came through.

        What is put has no key to be sent again with: when it was stored and the answer lost, who
        sent it reads that it is there. What is handed out is noted each time.
        """
        number = 1
        while True:
            before = state(self.database)
            with broken_off(Moment.BEFORE, number) as fault:
                answer = self._sent(who, method, path, **options)
            if not fault.fired:
                return answer
            self.kills += 1
            assert state(self.database) == before, f"{path}: half-done"
            if path.endswith(HANDED_OUT):
                return self._sent(who, method, path, **options)
            with broken_off(Moment.AFTER, number) as fault:
                self._sent(who, method, path, **options)
            assert fault.fired, path
            self.kills += 1
            self._check(path)
            if state(self.database) == before:
                continue  # it was only noted that the key was used, which is not done again
            if method == "PUT":
                return httpx.Response(200)
            number += 1

    def _sent(self, who: str, method: str, path: str, **options: Any) -> httpx.Response:
        return super().send(who, method, path, **options)

    def _check(self, path: str) -> None:
        found = faults(self.database, self.app.state.files)
        assert found == [], f"{path}: {found}"
