"""The addresses of proposed appointments."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("appointing", __name__)
