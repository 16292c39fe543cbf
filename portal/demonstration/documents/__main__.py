"""Writes one document: python -m portal.demonstration.documents KEY [WORLD] [--revised] [--locality N] OUT.pdf"""

from __future__ import annotations

import argparse
from datetime import date, timedelta
from pathlib import Path

from portal.core import clock
from portal.demonstration.documents import contexts, keys, render, worlds


def main() -> None:
    known = argparse.ArgumentParser(prog="python -m portal.demonstration.documents")
    known.add_argument("key", help=", ".join(keys()))
    known.add_argument("world", nargs="?", default="northfirth", choices=worlds.names())
    known.add_argument("out", type=Path)
    known.add_argument("--revised", action="store_true")
    known.add_argument("--locality", type=int, default=0)
    known.add_argument("--day", type=date.fromisoformat, default=_wednesday())
    given = known.parse_intermixed_args()  # options may stand anywhere
    more = {"revised": given.revised, "locality": given.locality, "item": "7"}
    given.out.write_bytes(render(given.key, contexts.of(given.world, given.day, **more)))


def _wednesday() -> date:
    day = clock.today() + timedelta(days=12)
    return day + timedelta(days=(2 - day.weekday()) % 7)


if __name__ == "__main__":
    main()
