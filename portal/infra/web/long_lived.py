"""What lives as long as the process need not be looked through by the garbage collector again and again."""

from __future__ import annotations

import gc


def spare_the_collector() -> None:
    """Leave everything there is now to the process: call it when a server has loaded the portal, and not before."""
    gc.collect()
    gc.freeze()
