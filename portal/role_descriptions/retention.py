"""How long role descriptions and agreements to them are kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement

from portal.retention.rule import RetentionRule
from portal.role_descriptions.models import RoleAgreement, RoleDescription, RoleModel

PORTAL_USED = "As long as the board uses the portal"
SIX_YEARS = 6 * 365 + 2


def _agreed_before(before: datetime) -> ColumnElement[bool]:
    return RoleAgreement.agreed_at < before


RETENTION = (
    RetentionRule(RoleModel, "The national model of the role", PORTAL_USED),
    RetentionRule(RoleDescription, "Descriptions of the role, every version", PORTAL_USED),
    RetentionRule(
        RoleAgreement,
        "Versions of the role you agreed to",
        "6 years after you agreed",
        days=SIX_YEARS,
        is_over=_agreed_before,
        told=True,
    ),
)
