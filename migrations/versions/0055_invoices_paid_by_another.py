"""whoever put an invoice into a run does not mark it as paid where another could; who changed a payee reference

Invoices that one person put into a run and paid stay, and say so.
"""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None

lines = sa.table(
    "supplier_lines",
    sa.column("run_by_id", sa.Uuid()),
    sa.column("paid_by_id", sa.Uuid()),
    sa.column("is_by_one", sa.Boolean()),
)
RULE = "paid_by_id IS NULL OR run_by_id IS NULL OR paid_by_id <> run_by_id OR is_by_one"


def upgrade() -> None:
    op.execute(sa.update(lines).where(lines.c.paid_by_id == lines.c.run_by_id).values(is_by_one=True))
    with op.batch_alter_table("supplier_lines", schema=None) as batch_op:
        batch_op.create_check_constraint(op.f("ck_supplier_lines_paid_by_no_approver"), RULE)
    with op.batch_alter_table("payees", schema=None) as batch_op:
        batch_op.add_column(sa.Column("changed_by_id", sa.Uuid(), nullable=True))
        name = op.f("fk_payees_changed_by_id_people")
        batch_op.create_foreign_key(name, "people", ["changed_by_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("payees", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("fk_payees_changed_by_id_people"), type_="foreignkey")
        batch_op.drop_column("changed_by_id")
    with op.batch_alter_table("supplier_lines", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_supplier_lines_paid_by_no_approver"), type_="check")
