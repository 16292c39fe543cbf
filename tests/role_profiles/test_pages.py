"""A rep's own role, what the public sees of it, letters, and the officer's list."""

from __future__ import annotations

import io
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from portal.boards.models import Appointment
from portal.infra.database import db
from portal.infra.pictures.clean import clean_picture
from portal.infra.unit_of_work import unit_of_work
from portal.role_profiles.models import HoursLogged
from tests.cast import Cast
from tests.infra.made_pictures import flat_png
from tests.visitor import text_of

GPS = 34853


def photo(kind: str = "JPEG", size: tuple[int, int] = (900, 600)) -> bytes:
    """A picture that says where it was taken."""
    exif = Image.Exif()
    exif[GPS] = {1: "N", 2: (57.0, 28.0, 0.0)}
    exif[0x010E] = "CANARYDESCRIPTION"
    out = io.BytesIO()
    Image.new("RGB", size, (11, 60, 111)).save(out, kind, exif=exif)
    return out.getvalue()


def show(visitor: Any, content: bytes = b"", **changed: Any) -> Any:
    data = {"shows": ["name", "photo", "groups", "contact"], "about": "I cared for my mother", **changed}
    if content:
        data["photo"] = (io.BytesIO(content), "me.jpg")
    return visitor.post("/role/public", data, content_type="multipart/form-data")


def test_the_role_on_one_page(visit: Any, cast: Cast) -> None:
    page = text_of(visit("northfirth.rep").get("/role"))
    for words in ("CANARYNORTH Main Group", "CANARYNORTH Seat, unpaid carer", "Please read and agree"):
        assert words in page
    assert "About 12 hours a month" in page
    assert "Non-voting member" in page
    assert "You have no depute who has agreed yet" in page
    assert "You have no seat at the moment. You are not a depute either" in text_of(
        visit("northfirth.depute").get("/role")
    )


def log(visitor: Any, cast: Cast, **changed: Any) -> Any:
    form = {"spent_on": ["2", "3", "2026"], "hours": "1:30", "kind": "travel"}
    return visitor.post("/role/hours", {**form, "group": str(cast.northfirth.things["group_id"]), **changed})


def test_hours_in_one_line(app: Flask, visit: Any, cast: Cast) -> None:
    rep = visit("northfirth.rep")
    assert log(rep, cast).status_code == 302
    page = text_of(rep.get("/role"))
    assert "Monday 2 March: 1 hour 30 minutes, travel" in page
    assert "March 2026 1.5 12" in page
    with app.app_context():
        mine = HoursLogged.person_id == cast.northfirth.people["rep"]
        [entry] = db.session.scalars(select(HoursLogged).where(mine)).all()
    assert rep.post(f"/role/hours/{entry.id}/remove").status_code == 302
    assert "Monday 2 March" not in text_of(rep.get("/role"))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"hours": "1e3"}, "Enter how long, up to 24 hours"),
        ({"hours": ""}, "Enter how long"),
        ({"spent_on": ["4", "3", "2026"]}, "must be today or in the past"),
        ({"kind": "sleep"}, "Choose for what"),
        ({"group": "00000000-0000-0000-0000-000000000001"}, "Choose the group"),
    ],
)
def test_hours_that_cannot_be_kept(visit: Any, cast: Cast, changed: dict[str, Any], words: str) -> None:
    assert words in text_of(log(visit("northfirth.rep"), cast, **changed))


def test_the_public_sees_what_was_chosen_and_no_more(visit: Any, cast: Cast) -> None:
    rep, anybody = visit("northfirth.rep"), visit("")
    assert show(rep, shows=[], about="").status_code == 302
    assert "Some of the carer reps" not in text_of(anybody.get("/public/boards/northfirth"))
    assert show(rep, photo()).status_code == 302
    page = anybody.get("/public/boards/northfirth")
    assert "A carer rep on this board" in text_of(page), "one person is not some of the reps"
    assert "Some of the carer reps" not in text_of(page)
    assert "CANARYNORTH Rep" in text_of(page)
    assert "Write to CANARYNORTH Rep" in text_of(page)
    assert "rep@northfirth.test" not in page.text
    path = f"/public/profiles/{cast.northfirth.things['profile_id']}/photo.jpg"
    picture = anybody.client.get(path)
    assert picture.mimetype == "image/jpeg"
    opened = Image.open(io.BytesIO(picture.data))
    assert max(opened.size) == 400
    assert not opened.getexif()
    assert b"CANARYDESCRIPTION" not in picture.data
    show(rep, shows=["groups"])
    assert "CANARYNORTH Rep" not in text_of(anybody.get("/public/boards/northfirth"))
    assert anybody.client.get(path).status_code == 404
    assert anybody.client.get(path.replace("photo.jpg", "write")).status_code == 404


def test_a_term_that_ends_takes_the_profile_away(app: Flask, visit: Any, cast: Cast) -> None:
    show(visit("northfirth.rep"), photo())
    with app.app_context(), unit_of_work():
        held = db.session.get_one(Appointment, cast.northfirth.things["appointment_id"])
        held.until_on = held.from_on
    assert "CANARYNORTH Rep" not in visit("").get("/public/boards/northfirth").text
    path = f"/public/profiles/{cast.northfirth.things['profile_id']}/photo.jpg"
    assert visit("").client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "Choose a photo"), (b"no picture", "We cannot read this picture"), (photo()[:400], "We cannot read this")],
)
def test_a_photo_that_is_none(visit: Any, content: bytes, words: str) -> None:
    assert words in text_of(show(visit("northfirth.rep"), content))


def test_pictures_of_every_kind_are_made_anew() -> None:
    from pillow_heif import register_heif_opener

    register_heif_opener()
    for kind in ("JPEG", "PNG", "HEIF", "WEBP"):
        made = clean_picture(photo(kind), 300)
        assert max(Image.open(io.BytesIO(made.jpeg)).size) == 300, kind
        assert b"CANARYDESCRIPTION" not in made.jpeg
    assert "too large" in clean_picture(flat_png((9000, 9000)), 300).reason
    assert clean_picture(b"", 300).reason
    assert clean_picture(b"<svg onload=alert(1)>", 300).reason
    assert clean_picture(photo("GIF"), 300).reason


def end(visit: Any, things: dict[str, Any], **changed: Any) -> Any:
    path = f"/boards/northfirth/appointments/{things['appointment_id']}/end"
    return visit("northfirth.admin").post(path, {"last_day": ["3", "3", "2026"], "because": "demands", **changed})


def test_leaving_asks_why_and_shows_it_on_no_page(app: Flask, visit: Any, cast: Cast, things: dict[str, Any]) -> None:
    assert "Choose why they leave" in text_of(end(visit, things, because=""))
    assert end(visit, things).status_code == 302
    for path in (
        "/boards/northfirth",
        f"/boards/northfirth/seats/{things['taken_seat_id']}",
        "/boards/northfirth/people",
    ):
        assert "demands" not in visit("northfirth.admin").get(path).text.lower()
    page = text_of(visit("northfirth.officer").get("/boards/northfirth/reps"))
    assert "The demands of the role withheld" in page
    assert "demands" not in visit("northfirth.admin").get("/boards/northfirth/audit").text


def test_five_who_left_are_counted_for_all_boards_together(app: Flask, visit: Any, cast: Cast) -> None:
    with app.app_context(), unit_of_work():
        for board in cast.boards:
            held = db.session.get_one(Appointment, board.things["appointment_id"])
            values = {
                name: getattr(held, name) for name in ("board_id", "group_id", "seat_id", "person_id", "capacity")
            }
            for reason in ("support", "demands") * 3:
                until = held.from_on
                db.session.add(Appointment(**values, from_on=until, until_on=until, left_because=reason))
    everywhere = text_of(visit("coordinator").get("/leaving"))
    assert "Too little support from the board 6" in everywhere
    assert "What we do not show. Numbers from 1 to 4," in everywhere, "beside rows that show 0"
    page = text_of(visit("northfirth.officer").get("/boards/northfirth/reps"))
    assert "Too little support from the board withheld" in page


def test_who_sat_where_is_kept_and_votes_are_dated(visit: Any, things: dict[str, Any]) -> None:
    clerk, admin = visit("northfirth.clerk"), visit("northfirth.admin")
    page = text_of(clerk.get(f"/boards/northfirth/seats/{things['seat_id']}"))
    assert "Fred Former" in page
    assert "Former carer" in page
    path = f"/boards/northfirth/seats/{things['taken_seat_id']}"
    form = {"title": "A seat", "created_on": ["1", "1", "2025"], "votes_from": ["1", "9", "2026"]}
    assert admin.post(f"{path}/change", form).status_code == 302
    assert "May vote from Tuesday 1 September 2026" in text_of(visit("northfirth.rep").get("/boards/northfirth"))
    assert "Member now" in text_of(clerk.get(path))


def test_a_new_seat_proposes_the_day_from_which_carers_vote(visit: Any, things: dict[str, Any]) -> None:
    page = visit("northfirth.admin").get(f"/boards/northfirth/groups/{things['group_id']}/seats/new").text
    assert 'value="2026"' in page
