"""Every change to role descriptions and the national model: draft, publish, agree."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import delete

from portal.boards.models import Group
from portal.core import clock
from portal.core.values import EventFacts, Typed
from portal.infra.database import db, rows_changed
from portal.infra.unit_of_work import record, records_nothing
from portal.infra.versions import EditConflict, changes, save_unless_changed
from portal.role_descriptions import queries
from portal.role_descriptions.events import ModelPublished, RoleAgreed, RoleDraftDiscarded, RoleDrafted, RolePublished
from portal.role_descriptions.models import RoleAgreement, RoleDescription, RoleModel
from portal.role_descriptions.rules import OF_GROUP_ONLY, words_of


def write_draft(group: Group, version: int, words: Typed) -> RoleDescription:
    """Keep the draft of a group's next version. `version` is that of the draft which the page showed, 0 for none.

    What says the same as the current version is no draft.

    Raises EditConflict when somebody else has saved since.
    """
    draft = queries.draft(group.board_id, group.id)
    if (draft.version if draft else 0) != version:
        raise EditConflict
    if draft is None:
        current, model = queries.current(group.board_id, group.id), queries.current_model()
        if current is not None and not changes(current, **words):
            return current
        number = queries.last_number(group.board_id, group.id) + 1
        draft = RoleDescription(board_id=group.board_id, group_id=group.id, number=number, **words)
        draft.model_number = model.number if model else 0
        db.session.add(draft)
        db.session.flush()
    elif not save_unless_changed(draft, version, **words):
        return draft
    record(RoleDrafted(**_event_ids(draft)))
    return draft


def _event_ids(description: RoleDescription) -> EventFacts:
    return {
        "board_id": description.board_id,
        "group_id": description.group_id,
        "description_id": description.id,
        "number": description.number,
    }


def publish(draft: RoleDescription, version: int) -> None:
    """The draft is what holds from now on; whoever has the role is asked to agree. Raises EditConflict."""
    save_unless_changed(draft, version, published_at=clock.now())
    record(RolePublished(**_event_ids(draft)))


def discard(draft: RoleDescription, version: int) -> None:
    """The draft is gone; what was published holds on. Raises EditConflict."""
    _delete(draft, version)
    record(RoleDraftDiscarded(**_event_ids(draft)))


def _delete(draft: RoleDescription | RoleModel, version: int) -> None:
    model = type(draft)
    one = (model.id == draft.id, model.version == version, model.published_at.is_(None))
    if rows_changed(delete(model).where(*one)) != 1:
        raise EditConflict


@records_nothing("nobody but its writers ever saw it")
def discard_model(draft: RoleModel, version: int) -> None:
    """Likewise, of the national model. Raises EditConflict."""
    _delete(draft, version)


def agree(description: RoleDescription, person_id: UUID) -> None:
    """Somebody agrees to this version. Saying so twice changes nothing."""
    agreed = queries.agreements(description.board_id, description.group_id, person_id)
    if description.published_at is None or description.id in agreed:
        return
    of = {"board_id": description.board_id, "group_id": description.group_id, "description_id": description.id}
    db.session.add(RoleAgreement(**of, person_id=person_id, agreed_at=clock.now()))
    record(RoleAgreed(**_event_ids(description), person_id=person_id))


@records_nothing("publishing it is recorded")
def write_model(version: int, words: Typed) -> RoleModel:
    """Keep the draft of the national model; nobody sees it, so the trail has no line. Raises EditConflict."""
    draft, newest = queries.draft_model(), queries.current_model()
    if (draft.version if draft else 0) != version:
        raise EditConflict
    if draft is None and newest is not None and not changes(newest, **words):
        return newest
    if draft is None:
        draft = RoleModel(number=newest.number + 1 if newest else 1, **words)
        db.session.add(draft)
        db.session.flush()
    else:
        save_unless_changed(draft, version, **words)
    return draft


class IsDrafted(Exception):
    """There is a draft, which an older version would overwrite."""


@records_nothing("publishing it is recorded")
def restore_model(older: RoleModel) -> RoleModel:
    """A draft that reads like an older version. Raises IsDrafted where there is a draft already."""
    if queries.draft_model() is not None:
        raise IsDrafted
    return write_model(0, {name: value for name, value in words_of(older).items() if name not in OF_GROUP_ONLY})


def publish_model(draft: RoleModel, version: int, reason: str = "") -> None:
    """Boards see the new version beside their own. Raises EditConflict."""
    save_unless_changed(draft, version, published_at=clock.now(), reason=reason)
    record(ModelPublished(number=draft.number))
