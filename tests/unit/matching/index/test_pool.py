"""The one pool of threads: order kept, errors raised, many callers at once."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from service.matching.index import pool


def test_results_come_in_the_order_of_the_items() -> None:
    assert pool.each(lambda item: item * item, range(200)) == [item * item for item in range(200)]


def test_no_items_are_no_work() -> None:
    assert pool.each(str, []) == []


def test_an_error_in_any_item_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        pool.each(lambda item: 1 // (item - 50), range(100))


def test_the_pool_works_after_an_error() -> None:
    with pytest.raises(ZeroDivisionError):
        pool.each(lambda item: 1 // item, range(10))
    assert pool.each(str, range(3)) == ["0", "1", "2"]


def test_callers_at_once_each_get_their_own_results() -> None:
    with ThreadPoolExecutor(8) as callers:
        results = list(callers.map(lambda n: pool.each(lambda x: x + n, range(50)), range(40)))
    assert results == [[x + n for x in range(50)] for n in range(40)]


def test_work_is_shared_with_no_more_threads_than_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARKPASS_INDEX_THREADS", "1")
    names = pool.each(lambda _: threading.current_thread().name, range(20))
    assert set(names) == {threading.current_thread().name}
