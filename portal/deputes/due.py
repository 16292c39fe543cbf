"""What today makes happen: deputes are asked to agree to a new version of the role for which they stand in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from portal.core.occasions import Occasion
from portal.deputes import queries
from portal.role_descriptions.due import asked


def roles_to_agree(_now: datetime) -> Iterator[Occasion]:
    """Every depute who agreed to stand in, and has not agreed to the newest description of the group."""
    yield from asked(queries.waiting_for_role(), as_depute=True)
