"""The background worker beside the web server: due lists, months, imports, old sessions.

Rule: it holds nothing that a kill could lose; every chore can be stopped and begun again.
"""

import os
import socket
import sys
import threading
from collections.abc import Callable
from datetime import timedelta
from types import FrameType

from simpul.project import chores, clock

TICK = 2  # seconds between looks for work
AT_ONCE = 3000  # persons planned before looking whether to stop

Step = Callable[["Worker"], timedelta]


class Stopped(Exception):
    """Raised inside a chore when simpul stops."""


class Worker:
    """One process that does chores until it is told to stop, or its parent is gone."""

    def __init__(self, parent: int | None = None) -> None:
        self.who = f"{socket.gethostname()[:40]}:{os.getpid()}"
        self._parent, self._stop = parent, threading.Event()
        self._chore = ""

    def stop(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        """Stop after the step in hand."""
        self._stop.set()

    @property
    def is_stopping(self) -> bool:
        orphaned = self._parent is not None and os.getppid() != self._parent
        return self._stop.is_set() or orphaned

    def go_on(self, *_done: object) -> None:
        """Called by long work now and then: keeps the claim, or stops."""
        if self.is_stopping or not chores.renew(self._chore, self.who):
            raise Stopped

    def run(self) -> None:
        """Do whatever is due, look again every few seconds."""
        chores.plan(STEPS)
        while not self.is_stopping:
            if _imports_wait():
                chores.wake("imports")
            for name in chores.waiting():
                if name in STEPS and not self.is_stopping and chores.claim(name, self.who):
                    self.do(name, STEPS[name])
            self._stop.wait(TICK)

    def do(self, name: str, step: Step) -> None:
        """One chore that was claimed."""
        self._chore = name
        try:
            again_in = step(self)
        except Stopped:
            chores.give_up(name, self.who)
        except Exception as error:
            # the text of an error may hold names: only its kind is told
            kind = type(error).__name__
            sys.stderr.write(f"Pekerjaan latar {name} gagal ({kind}), dicoba lagi nanti.\n")
            chores.give_up(name, self.who, kind)
        else:
            chores.finish(name, self.who, again_in=again_in)


def _due(worker: Worker) -> timedelta:
    """Plans of those with new facts, and of those whose plan ran out at midnight."""
    from simpul.due import actions as due

    while due.catch_up(most=AT_ONCE):
        worker.go_on()
    return timedelta(minutes=1)


def _months(worker: Worker) -> timedelta:
    """This month and the year before it; months that are over are closed."""
    from simpul.pws import actions as pws

    pws.catch_up_all(progress=worker.go_on)
    return timedelta(minutes=5)


def _imports(worker: Worker) -> timedelta:
    """Files that were brought in, imports that were confirmed or broken off."""
    from simpul.exchange import work as imports

    imports.do_waiting(worker.go_on)
    return timedelta(hours=1)  # woken before that by the next file


def _imports_wait() -> bool:
    """Whether somebody is looking at a page that waits for us."""
    from simpul.exchange import queries as exchange
    from simpul.exchange.work import SILENT

    return exchange.waiting(clock.now() - SILENT).exists()


def _sessions(worker: Worker) -> timedelta:
    """Sessions that ran out."""
    from django.core.management import call_command

    call_command("clearsessions")
    return timedelta(days=1)


STEPS: dict[str, Step] = {
    "imports": _imports,
    "due": _due,
    "months": _months,
    "sessions": _sessions,
}
