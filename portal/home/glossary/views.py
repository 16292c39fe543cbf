"""The page of the glossary, for everybody: all terms, or those that a search finds."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from portal.core.text import clean_line
from portal.home.blueprint import bp
from portal.home.glossary.rules import LONGEST_SEARCH, by_letter, found_by
from portal.home.glossary.terms import TERMS
from portal.infra.guard import public


@bp.get("/help/glossary")
@public
def glossary() -> ResponseReturnValue:
    said = clean_line(request.args.get("q"))[:LONGEST_SEARCH].strip()
    found = found_by(said, TERMS) if said else []
    return render_template("home/glossary.html", said=said, found=found, letters=by_letter(TERMS), total=len(TERMS))
