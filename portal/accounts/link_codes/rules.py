"""What the six digits beside a link are."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from uuid import UUID

DIGITS = 6


def code_of(secret_key: str, link_id: UUID) -> str:
    """'042517': made of the link, and kept nowhere."""
    made = hmac.digest(secret_key.encode(), b"code beside a link\0" + link_id.bytes, "sha256")
    return f"{int.from_bytes(made[:8], 'big') % 10**DIGITS:0{DIGITS}}"


def is_code_of(secret_keys: Iterable[str], link_id: UUID, typed: str) -> bool:
    """Whether these are its digits, however they are spaced; those made with an older key are so until it is gone."""
    digits = "".join(typed.split()).replace("-", "").encode()
    return any(hmac.compare_digest(code_of(key, link_id).encode(), digits) for key in secret_keys)


def spaced(code: str) -> str:
    """'042 517', as an email shows it."""
    return f"{code[:3]} {code[3:]}"
