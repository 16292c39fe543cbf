"""The addresses of a rep's page and of notes about supporting them."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("rep_pages", __name__)
