"""Who downloaded what was withdrawn for personal data: asked for with a reason, said with what it is, and told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update

from portal.audit.models import AuditLine
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.papers.destination import of_item
from portal.papers.models import PaperVersion
from portal.papers.withdrawing.rules import ERROR, PERSONAL
from tests.cast import NOW, Cast, anywhere
from tests.papers.withdrawing import Outside, every, told, upload, withdraw
from tests.visitor import Visitor, text_of

REASON = "We must report a breach"


def download(visit: Any, things: dict[str, Any], who: str, path: str = "") -> None:
    address = path or f"/papers/{things['paper_id']}/file"
    assert visit(who).get(address).data.startswith(b"%PDF-")


def ask(admin: Visitor, gone: UUID) -> str:
    """The words of the answer."""
    answer = admin.post(f"/withdrawals/{gone}/downloads", {"reason": REASON}, follow_redirects=True)
    return text_of(answer)


def test_the_list_says_who_and_what_it_is(here: Outside, visit: Any, things: dict[str, Any]) -> None:
    download(visit, things, "northfirth.rep")
    download(visit, things, "northfirth.officer", f"/meetings/{things['meeting_id']}/pack.pdf")
    download(visit, things, "northfirth.depute", f"/papers/{things['secret_paper_id']}/file")
    gone = withdraw(things, PERSONAL)
    page = ask(visit("northfirth.admin"), gone)
    could = len(every_reader(gone))
    assert f"{could} people could open it. These 2 downloaded it. Reading in the portal is not recorded." in page
    assert "CANARYNORTH Rep First downloaded 10am on Tuesday 3 March 2026" in page
    assert "CANARYNORTH Officer" in page
    assert "CANARYNORTH Depute" not in page


def every_reader(gone: UUID) -> set[UUID]:
    """Everyone who was told, and so everyone who could open it."""
    assert gone
    return (told("paper-withdrawn") | told("personal-data-found")).keys()


def test_whoever_is_on_it_is_told_by_an_email_that_no_list_shows(
    here: Outside, visit: Any, cast: Cast, things: dict[str, Any]
) -> None:
    download(visit, things, "northfirth.rep")
    gone = withdraw(things, PERSONAL)
    page = ask(visit("northfirth.admin"), gone)
    assert told("download-listed").keys() == {cast.northfirth.people["rep"]}
    assert "the email to them is on its way" in page
    email = told("download-listed")[cast.northfirth.people["rep"]]
    for who in ("officer", "clerk", "admin"):
        visitor = visit(f"northfirth.{who}")
        for path in ("/boards/northfirth/emails", f"/meetings/{things['meeting_id']}/emails"):
            assert "You are on a list" not in visitor.client.get(path).text
        assert visitor.post(f"/emails/{email.id}/send-again").status_code == 404


def test_the_reason_is_a_line_of_the_trail_that_names_nobody_on_the_list(
    here: Outside, visit: Any, things: dict[str, Any]
) -> None:
    download(visit, things, "northfirth.rep")
    gone, admin = withdraw(things, PERSONAL), visit("northfirth.admin")
    assert "Enter why you need the list" in text_of(admin.post(f"/withdrawals/{gone}/downloads", {"reason": " "}))
    ask(admin, gone)
    page = text_of(admin.get("/boards/northfirth/audit?event=DownloadsAsked"))
    assert f"Budget, {REASON} CANARYNORTH Admin" in page
    lines = every(select(AuditLine.facts).where(AuditLine.event == "DownloadsAsked").order_by(AuditLine.id))
    assert len(lines) == 1
    assert REASON not in str(lines), "it may name someone, so it is where it can be erased"


def test_of_anything_else_nobody_learns_who_downloaded_it(
    here: Outside, visit: Any, cast: Cast, things: dict[str, Any]
) -> None:
    download(visit, things, "northfirth.rep")
    gone = withdraw(things, ERROR)
    assert visit("northfirth.admin").get(f"/withdrawals/{gone}/downloads").status_code == 404
    personal = withdraw(things, PERSONAL)
    for who in ("rep", "officer", "clerk"):
        assert visit(f"northfirth.{who}").get(f"/withdrawals/{personal}/downloads").status_code == 404
    assert visit("southmoor.admin").get(f"/withdrawals/{personal}/downloads").status_code == 404


def test_the_answer_is_for_whoever_asked(here: Outside, visit: Any, cast: Cast, things: dict[str, Any]) -> None:
    download(visit, things, "northfirth.rep")
    admin, gone = visit("northfirth.admin"), withdraw(things, PERSONAL)
    answer = admin.post(f"/withdrawals/{gone}/downloads", {"reason": REASON})
    path = answer.headers["Location"]
    for who in ("northfirth.officer", "northfirth.clerk", "southmoor.admin"):
        assert visit(who).get(path).status_code == 404
    assert "papers withdrawn for personal data" in text_of(admin.get("/boards/northfirth/withdrawn")).lower()


def test_a_line_of_an_old_pack_counts_if_it_may_have_held_the_paper(
    here: Outside, visit: Any, things: dict[str, Any]
) -> None:
    """Lines from before the files of a pack were noted do not say what was in it."""
    download(visit, things, "northfirth.officer", f"/meetings/{things['meeting_id']}/pack.pdf")
    with here(), unit_of_work():
        old = {"meeting_id": str(things["meeting_id"])}
        db.session.execute(anywhere(update(AuditLine).where(AuditLine.event == "PackDownloaded").values(facts=old)))
    assert "CANARYNORTH Officer" in ask(visit("northfirth.admin"), withdraw(things, PERSONAL))


def test_a_pack_from_before_the_paper_was_in_it_counts_for_nothing(
    here: Outside, visit: Any, things: dict[str, Any], at: Any
) -> None:
    download(visit, things, "northfirth.officer", f"/meetings/{things['meeting_id']}/pack.pdf")
    at(NOW + timedelta(hours=1))
    version_id = upload(things, of_item(things["item_id"]), "A later one")
    [later] = every(select(PaperVersion.paper_id).where(PaperVersion.id == version_id).order_by(PaperVersion.id))
    gone = withdraw({**things, "later_id": later}, PERSONAL, paper="later_id")
    assert "Nobody downloaded it." in ask(visit("northfirth.admin"), gone)


def test_how_often_a_withdrawn_paper_was_downloaded_is_not_shown_in_the_trail(
    here: Outside, visit: Any, things: dict[str, Any]
) -> None:
    download(visit, things, "northfirth.rep")
    admin, path = visit("northfirth.admin"), "/boards/northfirth/audit{}?event=PaperDownloaded"
    assert "Budget" in text_of(admin.get(path.format("")))
    withdraw(things, ERROR)
    for end in ("", ".csv"):
        assert "Budget" not in admin.client.get(path.format(end)).text


@pytest.mark.parametrize("paper", ["paper_id", "secret_paper_id"])
def test_an_administrator_asks_of_a_private_paper_without_its_title(
    here: Outside, visit: Any, things: dict[str, Any], paper: str
) -> None:
    gone, admin = withdraw(things, PERSONAL, paper=paper), visit("northfirth.admin")
    page = text_of(admin.get(f"/withdrawals/{gone}/downloads"))
    assert ("Contract" in page, "Budget" in page) == (False, paper == "paper_id")
    assert "Nobody downloaded it." in ask(admin, gone)
