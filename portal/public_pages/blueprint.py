"""The addresses of pages that everybody may read."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("public_pages", __name__)
