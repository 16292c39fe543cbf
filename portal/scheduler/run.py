"""One process, four loops that cannot hold each other up: what is due, the mail, links that are asked for, the work."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy.exc import IntegrityError

from portal.capability import gathered
from portal.core import clock
from portal.core.occasions import Occasion
from portal.deployment import refuse_unsafe
from portal.infra import keys, occasions, work
from portal.infra.logs import fault, log
from portal.infra.unit_of_work import look, record, unit_of_work
from portal.notifications.mailer import Postman, WrongPassword
from portal.scheduler.clock_watch import look_at_clock

TICK_SECONDS = 60
IDLE_SECONDS = 1.0
LAST_SECONDS = 30.0  # what is not done by then is done again by the next process, as its lease ends
WRONG_PASSWORD_PAUSE_SECONDS = 60.0


def due_now(now: datetime) -> Iterator[Occasion]:
    """Everything that is due at a moment, claimed or not."""
    for _, find in gathered().due.items():
        yield from find(now)


def do_what_is_due() -> int:
    """Do what is due and not claimed yet, each in a transaction of its own. How many were done."""
    done = 0
    for name, find in gathered().due.items():
        try:
            done += sum(_do(occasion) for occasion in _waiting(find))
        except Exception as error:  # one kind of occasion must not stop the others
            fault(f"due {name}", error)
    return done


def _waiting(find: Callable[[datetime], Iterable[Occasion]]) -> list[Occasion]:
    """What is due of one kind and not claimed. Nobody who writes waits while it is looked for."""
    with look():
        due = list(find(clock.now()))
        fired = occasions.fired([occasion.key for occasion in due])
    return [occasion for occasion in due if occasion.key not in fired]


def do_chores() -> int:
    """Do what is done each minute, in transactions small enough that nobody waits for them."""
    done = 0
    for name, chore in gathered().chores.items():
        try:
            while found := _one_transaction(chore):
                done += found
        except Exception as error:  # likewise
            fault(f"chore {name}", error)
    return done


def _one_transaction(chore: Callable[[], int]) -> int:
    with unit_of_work():
        return chore()


def tick() -> int:
    """What happens each minute."""
    look_at_clock()
    return do_what_is_due() + do_chores()


def _do(occasion: Occasion) -> bool:
    try:
        with unit_of_work():
            if not occasions.fire_once(occasion.key):
                return False
            if occasion.action:
                occasion.action()
            if event := occasion.event_of_key:
                record(event)
        return True
    except IntegrityError:  # another process claimed it in the same moment
        return False


def work_once(kinds: Collection[str] | None = None) -> bool:
    """Do one piece of work, of any kind or of some; False when there is none."""
    with unit_of_work():
        piece = work.next_piece(kinds)
    if piece is None:
        return False
    began = time.monotonic()
    try:
        with unit_of_work():
            outcome = gathered().work[piece.kind](**piece.arguments)
            if outcome == work.LATER:
                work.put_back(piece, timedelta(seconds=time.monotonic() - began))
            else:
                work.done(piece)
    except Exception as error:  # the piece goes back in the queue
        fault(f"work {piece.kind}", error)
        with unit_of_work():
            work.failed(piece)
    return True


def links_once() -> bool:
    """Do one piece of the work that somebody waits for; False when there is none.

    The work loop does these too. This one never waits behind an upload, or a virus scanner that hangs.
    """
    return work_once(gathered().waited_for)


def run(app: Flask) -> None:
    """Run until SIGTERM or SIGINT. Loops finish what they are doing first. Raises SettingsRefused."""
    from apscheduler.schedulers.background import BackgroundScheduler

    refuse_unsafe(app.config["PORTAL"])  # again, as whoever calls this may have changed them since the app was made
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    while not stop.is_set() and not keys.refuse_without_key(app):
        stop.wait(5.0)  # the database is away
    ticker = BackgroundScheduler(timezone="UTC")
    once = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    ticker.add_job(_in_app(app, tick), "interval", seconds=_tick(app), **once)
    ticker.start()
    _in_app(app, tick)()
    postman = Postman()
    steps = (postman.send_some, links_once, work_once)
    loops = [threading.Thread(target=_loop, args=(app, step, stop), daemon=True) for step in steps]
    for loop in loops:
        loop.start()
    log.info("scheduler", kind="started")
    stop.wait()
    ticker.shutdown()
    until = time.monotonic() + LAST_SECONDS
    for loop in loops:
        loop.join(timeout=max(0.0, until - time.monotonic()))
    postman.hang_up()


def _tick(app: Flask) -> int:
    return 1 if app.config["PORTAL"].environment == "test" else TICK_SECONDS


def _in_app(app: Flask, step: Callable[[], object]) -> Callable[[], object]:
    def stepped() -> object:
        with app.app_context():
            return step()

    return stepped


def _loop(app: Flask, step: Callable[[], int], stop: threading.Event) -> None:
    """Step while there is something to do, and rest a second when there is not."""
    while not stop.is_set():
        busy, pause = 0, IDLE_SECONDS
        try:
            with app.app_context():
                busy = step()
        except WrongPassword as error:
            fault("mail password", error)
            pause = WRONG_PASSWORD_PAUSE_SECONDS
        except Exception as error:  # the database may be away for a while
            fault(step.__name__, error)
            pause = 5.0
        if not busy:
            stop.wait(pause)
