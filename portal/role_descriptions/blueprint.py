"""The addresses of role descriptions."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("role_descriptions", __name__)
