"""The documents of the demonstration, and what the portal finds inside them: each made once, and kept by its sha256."""

from __future__ import annotations

from portal.demonstration.library.making import Made
from portal.demonstration.library.orders import Order
from portal.demonstration.library.shelf import Shelf, close, shelf

__all__ = ["Made", "Order", "Shelf", "close", "shelf"]
