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
from portal.notifications.emails import DAILY_EMAIL
from portal.notifications.models import Email
from portal.notifications.queries import parts_of

LINKED = re.compile(r"^(?P<label>[^\n]{1,80}): (?P<url>https?://\S+)$")


@dataclass(frozen=True)
class Words:
    """An email as it will be read."""

    subject: str
    text: str
    html: str


def words_of(email: Email) -> Words:
    """Subject, text and HTML of an email, with links that work from now on."""
    subject = subject_of(email)
    text = _close_up(_template(email, "body").render(_facts(email))) + "\n"
    page = current_app.jinja_env.get_template("emails/layout.html").render(subject=subject, blocks=html_blocks(text))
    return Words(subject, text, css_inline.inline(page, load_remote_stylesheets=False))


def subject_of(email: Email) -> str:
    """The subject alone, on one line."""
    facts = {**email.facts, "code_beside": lambda: _code_beside(email)}
    return " ".join(_template(email, "subject").render(facts).split())


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
        "address": address,
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
    template = _template(email, "body")
    body = "".join(template.blocks["body"](template.new_context(_facts(email))))
    return {"subject": subject_of(email), "text": _close_up(body)}


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
    """Plain text as HTML: paragraphs, lists of lines that start with '- ', and lines 'Words: address' as links."""
    return [_block(block) for block in re.split(r"\n{2,}", text.strip())]


def _block(block: str) -> Markup:
    lines = block.splitlines()
    if all(line.startswith("- ") for line in lines):
        return Markup("<ul>{}</ul>").format(Markup("").join(Markup("<li>{}</li>").format(line[2:]) for line in lines))
    return Markup("<p>{}</p>").format(Markup("<br>").join(_line(line) for line in lines))


def _line(line: str) -> Markup:
    own = str(current_app.config["PORTAL"].base_url)
    found = LINKED.match(line)
    if found and found["url"].startswith(own + "/"):
        return Markup('<a href="{}">{}</a>').format(found["url"], found["label"])
    return escape(line)
