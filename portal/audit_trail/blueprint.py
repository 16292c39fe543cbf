"""The addresses of the audit trail."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("audit_trail", __name__)
