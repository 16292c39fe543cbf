"""What tests of pictures share."""

from __future__ import annotations

import pytest
from PIL import Image


@pytest.fixture
def limit_of_pillow(monkeypatch: pytest.MonkeyPatch) -> None:
    """The child lifts it for itself; these tests run some of it here."""
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", Image.MAX_IMAGE_PIXELS)
