"""Help is easy to read: no page of it is above the grade that nothing may be above."""

from __future__ import annotations

from typing import Any

import lxml.html
import pytest

from portal.help.rules import ADDRESSES
from tests.reading import MOST, prose_of, read_all

MOST_OF_HELP = 5  # of a role: people look for help when they are in a hurry


def grade(visitor: Any, path: str) -> float:
    return read_all(prose_of(lxml.html.fromstring(visitor.get(path).text))).grade


@pytest.mark.parametrize("path", ["/help", *ADDRESSES.values()])
def test_help_is_easy_to_read(visit: Any, path: str) -> None:
    assert grade(visit(""), path) <= MOST_OF_HELP


def test_the_accessibility_statement_can_be_read(visit: Any) -> None:
    assert grade(visit(""), "/accessibility") <= MOST
