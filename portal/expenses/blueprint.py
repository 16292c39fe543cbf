"""The addresses of expenses."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("expenses", __name__)
