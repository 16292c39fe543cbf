"""Pages for everybody."""

from __future__ import annotations

from portal.capability import Capability
from portal.public_pages import views
from portal.public_pages.blueprint import bp

PUBLIC_PAGES = Capability(
    name="public_pages",
    icon="people",
    blueprint=bp,
    views=(views,),
)
