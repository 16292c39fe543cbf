"""The addresses of corrections."""

from flask import Blueprint

bp = Blueprint("corrections", __name__)
