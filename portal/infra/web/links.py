"""Links that open a page without sign-in: an HMAC over purpose, row and generation. Never stored anywhere."""

from __future__ import annotations

from uuid import UUID

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from config import Config


def token_for(purpose: str, row_id: UUID, generation: str = "") -> str:
    """The token of a row for one purpose; a new generation makes every earlier token dead."""
    return str(_signer(purpose).dumps([row_id.hex, generation]))


def read_token(purpose: str, token: str) -> tuple[UUID, str] | None:
    """The row and generation inside a token, or None when it was not made here for this purpose."""
    try:
        row, generation = _signer(purpose).loads(token)
        return UUID(hex=row), str(generation)
    except (BadSignature, ValueError, TypeError, AttributeError):
        return None


def signers(config: Config) -> list[str]:
    """The signing keys as itsdangerous takes them: the last one signs, each of them opens."""
    return list(reversed(config.secret_keys))


def _signer(purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(signers(current_app.config["PORTAL"]), salt=f"link:{purpose}")
