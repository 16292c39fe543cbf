"""The list of stored files: what each was like when it was written, and when somebody last looked that it still is."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from portal.infra.database import Model

MISSING, ALTERED = "missing", "altered"


class StoredFile(Model):
    """One file of the store. The sha256 is of the bytes that lie there, locked or not."""

    __tablename__ = "stored_files"

    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    kept_at: Mapped[datetime]
    checked_at: Mapped[datetime | None] = mapped_column(index=True)  # when it was last read whole and compared
    found: Mapped[str] = mapped_column(String(10), default="")  # what was wrong with it then; '' for nothing
