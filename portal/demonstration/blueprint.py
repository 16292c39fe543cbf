"""The addresses of the demonstration."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("demonstration", __name__)
