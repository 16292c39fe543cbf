"""The addresses of role profiles."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("role_profiles", __name__)
