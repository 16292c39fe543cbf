"""The addresses of replacement care."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("replacement_care", __name__)
