"""The addresses of the first page and the glossary."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("home", __name__)
