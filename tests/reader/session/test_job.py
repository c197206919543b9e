"""Work in a thread: a piece at a time, which can be ended, and what is shown behind it."""

import threading
from collections.abc import Callable
from queue import Queue
from threading import Event

import pytest
from patience import DEADLINE

from tui.reader.job import Job
from tui.reader.requests import FromThread


class Screen:
    """Does what threads ask for, when it is told to."""

    def __init__(self) -> None:
        self.asked: Queue[FromThread] = Queue()
        self.said: list[str] = []
        self.job = Job("test", self.asked.put, self.said.append)

    def step(self) -> None:
        """Do the next thing that a thread asks for, once it does."""
        self.asked.get(timeout=DEADLINE).do()


def test_work_says_how_far_it_is_and_is_shown_once_it_has_ended() -> None:
    screen = Screen()

    def work(cancel: Event) -> Callable[[], None]:
        screen.job.tell("half")
        return lambda: screen.said.append("done")

    screen.job.start(work, "begun")
    screen.step()
    assert screen.job.running
    screen.step()
    assert screen.said == ["begun", "half", "", "done"]
    assert not screen.job.running


def test_work_is_asked_to_end() -> None:
    screen = Screen()
    assert not screen.job.stop()

    def work(cancel: Event) -> Callable[[], None]:
        ended = cancel.wait(DEADLINE)
        return lambda: screen.said.append(f"ended: {ended}")

    screen.job.start(work)
    assert screen.job.stop()
    screen.step()
    assert screen.said == ["", "ended: True"]


def test_work_can_be_started_again_after_an_error_that_nobody_foresaw(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    screen, ended = Screen(), Event()
    monkeypatch.setattr(threading, "excepthook", lambda error: ended.set())

    def work(cancel: Event) -> Callable[[], None]:
        raise ZeroDivisionError

    screen.job.start(work, "begun")
    screen.step()
    assert screen.said == ["begun", ""]
    assert not screen.job.running
    assert ended.wait(DEADLINE)
