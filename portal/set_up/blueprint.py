"""The addresses of setting up a board."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("set_up", __name__)
