"""The addresses of the first page and help."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("home", __name__)
