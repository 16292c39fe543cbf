"""The addresses of the check-in."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("check_in", __name__)
