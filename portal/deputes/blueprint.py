"""The addresses of deputes."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("deputes", __name__)
