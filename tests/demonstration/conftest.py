"""The demonstration as its tests meet it."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from tests.demonstration.filled import checkout_in, copied_to


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """For tests that start the portal as a process."""
    return checkout_in(tmp_path_factory.mktemp("checkout"))


@pytest.fixture(scope="session")
def demonstration(checkout: Path) -> Flask:
    """In real time, as whoever starts it finds it. Each process of a run has one."""
    return copied_to(checkout / "instance" / "demonstration")


@pytest.fixture
def own_demonstration(tmp_path: Path) -> Flask:
    """Likewise, for a test that changes what the others find."""
    return copied_to(tmp_path / "demonstration")
