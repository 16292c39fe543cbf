"""The words of an email: subject and text from templates, HTML made from the same text, links made now."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import css_inline
from flask import current_app
from jinja2 import Template
from markupsafe import Markup, escape

from portal.accounts.link_codes.rules import code_of, spaced
from portal.accounts.queries import fingerprint_of, mailed_link
from portal.capability import gathered
from portal.infra.notification import Facts
from portal.infra.web.links import token_for
from portal.notifications.blocks import Block, blocks_of, card, with_button, with_fact, with_headings
from portal.notifications.emails import DAILY_EMAIL
from portal.notifications.models import Email
from portal.notifications.queries import parts_of
from portal.notifications.signatures import board_of, signature_of
from portal.notifications.subjects import fitting

NEXT_PART = "\x1e"  # between greeting, body and settings; nobody reads it


@dataclass(frozen=True)
class Words:
    """An email as it will be read."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Parts:
    """The text of an email without its signature."""

    greeting: str
    body: str
    settings: str


def words_of(email: Email) -> Words:
    """Subject, text and HTML of an email, with links that work from now on."""
    facts = _facts(email)
    subject, parts, board = subject_of(email), _parts(email, facts), board_of(email)
    signed = signature_of(email, board)
    text = "\n\n".join(filter(None, (parts.greeting, parts.body, signed.text, parts.settings))) + "\n"
    page = current_app.jinja_env.get_template("emails/layout.html").render(
        subject=subject,
        board=board.name if board else "",
        greeting=parts.greeting,
        blocks=_body_blocks(email, parts.body, facts),
        signed=signed,
        why=blocks_of(parts.settings, _own()),
    )
    return Words(subject, text, css_inline.inline(page, keep_at_rules=True, load_remote_stylesheets=False))


def _parts(email: Email, facts: Facts) -> Parts:
    """What stands before the first mark, after the last, and between: words of people may hold any letter."""
    greeting, _, rest = _template(email, "body").render(facts).partition(NEXT_PART)
    body, _, settings = rest.rpartition(NEXT_PART)
    return Parts(*(_close_up(one.replace(NEXT_PART, "")) for one in (greeting, body, settings)))


def _body_blocks(email: Email, body: str, facts: Facts) -> list[Block]:
    """With the fact in front and one button; of the daily email, with a heading for each piece of news."""
    blocks = blocks_of(body, _own())
    if email.template == DAILY_EMAIL:
        return with_headings(blocks, {part["subject"] for part in facts["parts"]})
    return with_button(with_fact(blocks))


def subject_of(email: Email) -> str:
    """The subject alone, on one line."""
    facts = {**email.facts, "code_beside": lambda: _code_beside(email)}
    return fitting(" ".join(_template(email, "subject").render(facts).split()), email.asked_at)


def _template(email: Email, part: str) -> Template:
    """A template of the capability that sends this email. It is drawn without what pages know of whoever is looking."""
    folder = f"{gathered().sender_of[email.template]}/emails/{email.template}"
    return current_app.jinja_env.get_template(f"{folder}/{part}.txt")


def _facts(email: Email) -> Facts:
    person = email.person
    is_invited = person is not None and not person.joined_at and person.invitation_withdrawn_at is None
    facts = {
        **email.facts,
        "person": person,
        "is_invited": is_invited,
        "is_by_choice": is_by_choice(email),
        "at_board": board.short_name if (board := board_of(email)) else "",
        "next_part": NEXT_PART,
        "address": address,
        "card": card,
        "secret_link": _secret_link_for(email),
        "code_beside": lambda: _code_beside(email),
    }
    if email.template == DAILY_EMAIL:
        facts["parts"] = [_part(one) for one in parts_of(email)]
    return facts


def is_by_choice(email: Email) -> bool:
    """Whether its reader can choose if or when such an email comes: some come to everybody, and at once."""
    rows = [row for row in gathered().emails if row.email == email.template]
    return email.template == DAILY_EMAIL or not all(row.always and row.at_once for row in rows)


def _part(email: Email) -> dict[str, str]:
    """One piece of news inside the daily email: its subject, and its body alone."""
    return {"subject": subject_of(email), "text": _parts(email, _facts(email)).body}


def _close_up(text: str) -> str:
    """Without the blank lines that templates leave where they say nothing."""
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def address(endpoint: str, **in_url: str) -> str:
    """The full address of a page, for an email."""
    ids = {name: str(UUID(hex=value)) if name.endswith("_id") else value for name, value in in_url.items()}
    return str(current_app.config["PORTAL"].base_url) + current_app.url_map.bind("").build(endpoint, ids)


def _secret_link_for(email: Email) -> Callable[..., str]:
    """For templates: the address that lets this person, and nobody else, do one thing once."""

    def secret_link(endpoint: str, purpose: str, generation: str = "") -> str:
        mark = generation or fingerprint_of(email.reader)
        return address(endpoint, token=token_for(purpose, UUID(hex=email.facts["link_id"]), mark))

    return secret_link


def _code_beside(email: Email) -> str:
    """For templates: the six digits beside a link that was asked for on a page; '' where it was not."""
    link = mailed_link(UUID(hex=email.facts["link_id"]))
    if link is None or not link.asked_in:
        return ""
    return spaced(code_of(current_app.config["PORTAL"].secret_key, link.id))


def html_blocks(text: str) -> list[Markup]:
    """Plain text as a page shows it: paragraphs, lists of lines that start with '- ', and lines with links."""
    return [_as_html(block) for block in re.split(r"\n{2,}", text.strip())]


def _as_html(block: str) -> Markup:
    lines = block.splitlines()
    if all(line.startswith("- ") for line in lines):
        return Markup("<ul>{}</ul>").format(Markup("").join(Markup("<li>{}</li>").format(line[2:]) for line in lines))
    return Markup("<p>{}</p>").format(Markup("<br>").join(_line(line) for line in lines))


def _line(line: str) -> Markup:
    [block] = blocks_of(line, _own())
    [found] = block.lines
    if found.link is None:
        return escape(line)
    before = f"{found.words} " if found.words else ""
    return Markup('{}<a href="{}">{}</a>').format(before, found.link.url, found.link.label)


def _own() -> str:
    return str(current_app.config["PORTAL"].base_url)
