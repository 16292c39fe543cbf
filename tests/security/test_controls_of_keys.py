"""Negative controls of keys and queues, as in test_controls.py: a guard is broken, and its test must fail."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from portal.infra import work as work_queue
from portal.infra.database import db
from portal.notifications import mailer
from portal.notifications.mailer import Postman
from portal.notifications.models import Email
from tests.cast import anywhere
from tests.infra import test_keys as keys
from tests.infra import test_signing_keys as signing_keys
from tests.notifications import test_mail as mail
from tests.notifications import test_mail_in_turn as in_turn
from tests.sample import some
from tests.scheduler import test_run as loops
from tests.security import test_virus_scanner as scanner
from tests.security.test_controls import is_noticed, nothing, yes

pytestmark = pytest.mark.slow
using, note, signing, post_office = keys.using, keys.note, signing_keys.signing, mail.post_office  # fixtures


def take_in_order(most: int) -> list[Email]:
    """Whose turn it is counts for nothing."""
    due = select(Email).where(Email.status == "waiting").order_by(Email.not_before, Email.id).limit(most)
    return list(db.session.scalars(anywhere(due)))


def over_another(_postman: Any, message: Any) -> None:
    other = Postman()
    mailer._hand_over(other._server(), message)
    other.hang_up()


CONTROLS: dict[str, tuple[str, Any, Callable[..., None]]] = {
    "22: a portal starts without its key": (
        "portal.infra.keys.try_keys",
        nothing,
        keys.test_no_portal_starts_without_the_key_of_the_canary_and_it_is_named,
    ),
    "22: a note that does not open is a fault": (
        "portal.infra.sealed.Sealed.__get__",
        lambda column, row, _owner: column.opened(row),
        keys.test_a_note_that_does_not_open_says_so_and_can_be_written_anew,
    ),
    "22: a form brings back what could not be opened": (
        "portal.infra.sealed.Sealed._opens",
        yes,
        keys.test_a_form_that_brings_back_what_could_not_be_opened_changes_nothing,
    ),
    "22: a factor that does not open is asked for": (
        "portal.accounts.second_factor.can_check_codes",
        yes,
        keys.test_whose_factor_does_not_open_signs_in_with_a_recovery_code,
    ),
    "22: what does not open is not listed": (
        "portal.infra.keys._opens",
        yes,
        keys.test_a_value_that_was_spoilt_under_the_present_key_is_listed_too,
    ),
    "22: an older key opens nothing": (
        "portal.infra.web.links.signers",
        lambda config: [config.secret_key],
        signing_keys.test_a_link_of_an_older_key_opens_while_that_is_listed,
    ),
    "23: emails go in the order in which they were asked for": (
        "portal.notifications.outbox.take_some",
        take_in_order,
        in_turn.test_what_cannot_wait_goes_first,
    ),
    "23: each email has a connection": (
        "portal.notifications.mailer.Postman._hand_over",
        over_another,
        in_turn.test_many_emails_go_over_one_connection_which_ends_when_there_are_no_more,
    ),
    "23: links wait for uploads": (
        "portal.infra.work.next_piece",
        lambda _kinds=None, take=work_queue.next_piece: take(),
        loops.test_links_that_somebody_asks_for_do_not_wait_behind_other_work,
    ),
    "23: a scanner never rests": (
        "portal.infra.storage.virus.REST_SECONDS",
        0.0,
        scanner.test_after_a_failure_the_daemon_rests_for_a_minute,
    ),
    "23: each byte of a scanner has its own deadline": (
        "portal.infra.storage.virus._left",
        lambda _until: 0.2,
        scanner.test_the_whole_conversation_has_one_deadline,
    ),
}


@pytest.mark.parametrize("what", some(CONTROLS, one_in=4))
def test_a_broken_guard_is_noticed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    is_noticed(request, monkeypatch, *CONTROLS[what])
