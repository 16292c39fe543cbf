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
    """Two boards in real time, as whoever starts it finds them. Each process of a run has one."""
    return copied_to(checkout / "instance" / "demonstration")


@pytest.fixture(scope="session")
def six_boards(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """Likewise with every board, for tests that are not in each run."""
    return copied_to(tmp_path_factory.mktemp("six") / "demonstration", ())


@pytest.fixture
def own_demonstration(tmp_path: Path) -> Flask:
    """Likewise, for a test that changes what the others find."""
    return copied_to(tmp_path / "demonstration")
