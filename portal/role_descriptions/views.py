"""Role descriptions: members read them, reps agree to them, officers, administrators and the coordinator write."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.permissions import BOARDS_READ, ROLE_MODEL_READ, ROLE_MODEL_WRITE, ROLES_AGREE, ROLES_WRITE
from portal.boards import queries as board_queries
from portal.core.text import clean_file_name
from portal.core.values import Typed
from portal.infra.forms import Form, VersionForm
from portal.infra.guard import allows, public, viewer
from portal.infra.versions import EditConflict
from portal.infra.web import downloads
from portal.infra.web.emailed import emailed
from portal.infra.web.not_done import not_done
from portal.infra.web.pages import PageFacts
from portal.role_descriptions import actions, forms, queries
from portal.role_descriptions.blueprint import bp
from portal.role_descriptions.rules import changes, model_news, sections, words_of

if TYPE_CHECKING:
    from portal.boards.models import Board, Group
    from portal.role_descriptions.models import RoleDescription, RoleModel

Version = TypeVar("Version", "RoleDescription", "RoleModel")

DISCARDED = "Draft discarded."
NOTHING_NEW = "Nothing has changed, so there is nothing to publish."


@bp.get("/boards/<board>/roles")
@allows(BOARDS_READ, one=board_queries.board)
def index(board: Board) -> ResponseReturnValue:
    current, models = queries.current_of_board(board.id), queries.models()
    return render_template(
        "role_descriptions/index.html",
        board=board,
        groups=board_queries.groups(board.id),
        current=current,
        news={group_id: model_news(*_models_of(one, models)) for group_id, one in current.items()},
    )


def _models_of(written: RoleDescription, models: Sequence[RoleModel]) -> tuple[Typed | None, Typed | None]:
    """The national model as it was when a description was begun, and as it is now: what each says."""
    begun_from = next((one for one in models if one.number == written.model_number), None)
    return words_of(begun_from) if begun_from else None, words_of(models[0]) if models else None


@bp.get("/boards/<board>/groups/<uuid:group_id>/role")
@allows(BOARDS_READ, one=board_queries.group)
def show(group: Group) -> ResponseReturnValue:
    """The newest version, or an older one with ?version=."""
    versions = queries.versions(group.board_id, group.id)
    agreed = queries.agreements(group.board_id, group.id, viewer().id)
    shown = _chosen(versions, "version") if versions else None
    before = next((one for one in versions if shown and one.number < shown.number and one.id in agreed), None)
    begun_from, newest = _models_of(versions[0], queries.models()) if versions else (None, None)
    return render_template(
        "role_descriptions/show.html",
        group=group,
        versions=versions,
        shown=shown,
        sections=sections(words_of(shown)) if shown else [],
        agreed_at=agreed.get(shown.id) if shown else None,
        before=before,
        changes=changes(words_of(before), words_of(shown)) if before and shown else [],
        is_drafted=queries.draft(group.board_id, group.id) is not None,
        form=VersionForm(formdata=None, version=shown.number if shown else 0),
        news=model_news(begun_from, newest),
        of_model=changes(begun_from, newest) if begun_from and newest else [],
    )


def _chosen(versions: Sequence[Version], name: str) -> Version:
    """The version asked for in the address; without one, the newest; 404 for one that is not there."""
    number = request.args.get(name, versions[0].number, type=int)
    return next((one for one in versions if one.number == number), None) or abort(404)


@bp.post("/boards/<board>/groups/<uuid:group_id>/role/agree")
@allows(ROLES_AGREE, one=board_queries.group)
def agree(group: Group) -> ResponseReturnValue:
    form, newest = VersionForm(), queries.current(group.board_id, group.id)
    if newest is None or not form.validate_on_submit() or form.version.data != newest.number:
        not_done("There is a newer version now. Please read it first.")
    else:
        actions.agree(newest, viewer().id)
        flash("Thank you. You agreed to this role today.")
    return redirect(url_for("role_descriptions.show", board=group.board.key, group_id=group.id))


@bp.get("/boards/<board>/groups/<uuid:group_id>/role/compare")
@allows(BOARDS_READ, one=board_queries.group)
def compare(group: Group) -> ResponseReturnValue:
    """Two versions side by side: ?old= and ?new=, or the newest two."""
    versions = queries.versions(group.board_id, group.id)
    if len(versions) < 2:
        abort(404)
    old = _chosen(versions[1:] if "old" not in request.args else versions, "old")
    new = _chosen(versions, "new")
    found = changes(words_of(old), words_of(new))
    return render_template(
        "role_descriptions/compare.html", group=group, versions=versions, old=old, new=new, changes=found
    )


@bp.get("/boards/<board>/groups/<uuid:group_id>/role.pdf")
@allows(BOARDS_READ, one=board_queries.group)
def pdf(group: Group) -> ResponseReturnValue:
    from portal.role_descriptions.printing import printed  # reportlab is heavy

    versions = queries.versions(group.board_id, group.id)
    shown = _chosen(versions, "version") if versions else abort(404)
    name = clean_file_name(f"Role of a carer rep, {group.name}, version {shown.number}.pdf")
    return downloads.as_file(printed(group, shown), "application/pdf", name)


@bp.get("/public/boards/<board>/roles/<uuid:group_id>")
@public
def public_role(board: str, group_id: UUID) -> ResponseReturnValue:
    """For everyone who thinks of becoming a rep."""
    found = board_queries.board_by_key(board)
    group = next((g for g in board_queries.groups(found.id) if g.id == group_id), None) if found else None
    shown = queries.current(group.board_id, group.id) if group else None
    if found is None or shown is None:
        return render_template("errors/404.html"), 404
    return render_template(
        "role_descriptions/public.html", board=found, group=group, shown=shown, sections=sections(words_of(shown))
    )


@bp.route("/boards/<board>/groups/<uuid:group_id>/role/write", methods=["GET", "POST"])
@allows(ROLES_WRITE, one=board_queries.group)
def write(group: Group) -> ResponseReturnValue:
    draft, current = queries.draft(group.board_id, group.id), queries.current(group.board_id, group.id)
    form = forms.role_form(draft or current or queries.current_model(), draft.version if draft else 0)
    if _saved(form, draft, lambda: actions.write_draft(group, form.version.data, form.words())):
        return redirect(url_for("role_descriptions.publish", board=group.board.key, group_id=group.id))
    return render_template(
        "role_descriptions/write.html", form=form, group=group, is_first=current is None, draft=draft
    )


def _saved(form: Form, draft: RoleDescription | RoleModel | None, save: Callable[[], object]) -> bool:
    """Whether what was typed is kept. After somebody else's change it is shown again, to be sent over theirs."""
    if not form.validate_on_submit():
        return False
    try:
        save()
    except EditConflict:
        form.version.meet(draft.version if draft else 0)
        return False
    return True


@bp.route("/boards/<board>/groups/<uuid:group_id>/role/publish", methods=["GET", "POST"])
@allows(ROLES_WRITE, one=board_queries.group)
def publish(group: Group) -> ResponseReturnValue:
    """Check what it says, and what has changed, before whoever has the role is asked to agree."""
    here: PageFacts = {"board": group.board.key, "group_id": group.id}
    draft, current = queries.draft(group.board_id, group.id), queries.current(group.board_id, group.id)
    if draft is None:
        flash(NOTHING_NEW)
        return redirect(url_for("role_descriptions.show", **here))
    form = VersionForm(version=draft.version)
    found = changes(words_of(current), words_of(draft)) if current else []
    is_new = current is None or bool(found)
    if is_new and form.validate_on_submit() and _done(lambda: actions.publish(draft, form.version.data)):
        flash(f"Published. {emailed(board_queries.known_to(viewer(), group.board_id))}")
        return redirect(url_for("role_descriptions.show", **here))
    return render_template(
        "role_descriptions/publish.html",
        form=form,
        group=group,
        draft=draft,
        current=current,
        changes=found,
        is_new=is_new,
        sections=sections(words_of(draft)),
    )


def _done(change: Callable[[], None]) -> bool:
    """Whether a draft was published or discarded; not when somebody has changed it since it was shown."""
    try:
        change()
    except EditConflict:
        not_done("The draft was changed since you opened this page. Check it again.")
        return False
    return True


@bp.post("/boards/<board>/groups/<uuid:group_id>/role/discard")
@allows(ROLES_WRITE, one=board_queries.group)
def discard(group: Group) -> ResponseReturnValue:
    draft, form = queries.draft(group.board_id, group.id), VersionForm()
    if draft and form.validate_on_submit() and _done(lambda: actions.discard(draft, form.version.data)):
        flash(DISCARDED)
    return redirect(url_for("role_descriptions.show", board=group.board.key, group_id=group.id))


@bp.get("/role-model")
@allows(ROLE_MODEL_READ)
def model() -> ResponseReturnValue:
    """The national model, for boards to adapt."""
    versions = queries.models()
    shown = _chosen(versions, "version") if versions else None
    return render_template(
        "role_descriptions/model.html",
        versions=versions,
        shown=shown,
        sections=sections(words_of(shown)) if shown else [],
        draft=queries.draft_model(),
    )


@bp.route("/role-model/write", methods=["GET", "POST"])
@allows(ROLE_MODEL_WRITE)
def write_model() -> ResponseReturnValue:
    draft, current = queries.draft_model(), queries.current_model()
    form = forms.model_form(draft or current, draft.version if draft else 0)
    if _saved(form, draft, lambda: actions.write_model(form.version.data, form.words())):
        return redirect(url_for("role_descriptions.publish_model"))
    return render_template("role_descriptions/write_model.html", form=form)


@bp.route("/role-model/publish", methods=["GET", "POST"])
@allows(ROLE_MODEL_WRITE)
def publish_model() -> ResponseReturnValue:
    draft, current = queries.draft_model(), queries.current_model()
    if draft is None:
        flash(NOTHING_NEW)
        return redirect(url_for("role_descriptions.model"))
    form = forms.model_publish_form(draft.version, is_first=current is None)
    found = changes(words_of(current), words_of(draft)) if current else []
    is_new = current is None or bool(found)
    if (
        is_new
        and form.validate_on_submit()
        and _done(lambda: actions.publish_model(draft, form.version.data, form.why))
    ):
        flash(f"National model published. Boards will see it beside their own. {emailed()}")
        return redirect(url_for("role_descriptions.model"))
    return render_template(
        "role_descriptions/publish_model.html",
        form=form,
        draft=draft,
        current=current,
        changes=found,
        is_new=is_new,
        sections=sections(words_of(draft)),
    )


@bp.post("/role-model/discard")
@allows(ROLE_MODEL_WRITE)
def discard_model() -> ResponseReturnValue:
    draft, form = queries.draft_model(), VersionForm()
    if draft and form.validate_on_submit() and _done(lambda: actions.discard_model(draft, form.version.data)):
        flash(DISCARDED)
    return redirect(url_for("role_descriptions.model"))


@bp.post("/role-model/restore")
@allows(ROLE_MODEL_WRITE)
def restore_model() -> ResponseReturnValue:
    """Begin a draft with the words of an older version: ?version=."""
    versions = queries.models()
    try:
        if versions:
            actions.restore_model(_chosen(versions, "version"))
    except actions.IsDrafted:
        not_done("There is a draft already. Publish or discard it first.")
    return redirect(url_for("role_descriptions.publish_model"))
