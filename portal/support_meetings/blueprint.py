"""The addresses of support meetings."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("support_meetings", __name__)
