"""The addresses of help, which everybody may read."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("help", __name__)
