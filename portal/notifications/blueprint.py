"""The addresses of emails that were sent."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("notifications", __name__)
