"""Files that may tell of somebody's care: encrypted under a key of their own, which is kept in a sealed column.

So the operator's keys can be rotated without touching a file, and a file without its row tells nothing.
"""

from __future__ import annotations

import base64
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12


def lock(content: bytes, place: str) -> tuple[str, bytes]:
    """A new key, as text for a sealed column, and the file locked with it for one place in the store."""
    key, nonce = AESGCM.generate_key(256), os.urandom(NONCE_BYTES)
    return base64.b64encode(key).decode(), nonce + AESGCM(key).encrypt(nonce, content, place.encode())


def unlock(key: str, content: bytes, place: str) -> bytes:
    """The file again. Raises InvalidTag when it was changed or moved."""
    return AESGCM(base64.b64decode(key)).decrypt(content[:NONCE_BYTES], content[NONCE_BYTES:], place.encode())
