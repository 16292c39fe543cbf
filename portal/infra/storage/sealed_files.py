"""Files that may tell of somebody's care: encrypted under a key of their own, which is kept in a sealed column.

So the operator's keys can be rotated without touching a file, and a file without its row tells nothing.
"""

from __future__ import annotations

import base64
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12


def new_key() -> str:
    """A key as text for a sealed column."""
    return base64.b64encode(AESGCM.generate_key(256)).decode()


def lock_with(key: str, content: bytes, place: str) -> bytes:
    """The file locked with a key for one place in the store."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(base64.b64decode(key)).encrypt(nonce, content, place.encode())


def lock(content: bytes, place: str) -> tuple[str, bytes]:
    """A new key, and the file locked with it."""
    key = new_key()
    return key, lock_with(key, content, place)


def unlock(key: str, content: bytes, place: str) -> bytes:
    """The file again. Raises InvalidTag when it was changed or moved."""
    return AESGCM(base64.b64decode(key)).decrypt(content[:NONCE_BYTES], content[NONCE_BYTES:], place.encode())
