"""The first tables: inquiries, and reports of something wrong."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "inquiries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=8), nullable=False),
        sa.Column("form_token", sa.String(length=64), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("practice", sa.String(length=100), nullable=True),
        sa.Column("home", sa.String(length=100), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("fax", sa.String(length=40), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("safe_to_call", sa.String(length=20), nullable=True),
        sa.Column("best_time", sa.String(length=100), nullable=True),
        sa.Column("town", sa.String(length=100), nullable=True),
        sa.Column("child_age", sa.String(length=100), nullable=True),
        sa.Column("language", sa.String(length=100), nullable=True),
        sa.Column("interpreter", sa.Boolean(), nullable=True),
        sa.Column("travel_dates", sa.String(length=100), nullable=True),
        sa.Column("need", sa.String(length=2000), nullable=False),
        sa.Column("services", sa.JSON(), nullable=False),
        sa.Column("family_agreed", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_inquiries"),
        sa.UniqueConstraint("form_token", name="uq_inquiries_form_token"),
        sa.UniqueConstraint("reference", name="uq_inquiries_reference"),
    )
    op.create_index("ix_inquiries_created_at", "inquiries", ["created_at"])

    op.create_table(
        "reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.String(length=100), nullable=False),
        sa.Column("text", sa.String(length=2000), nullable=False),
        sa.Column("contact", sa.String(length=100), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reports"),
    )
    op.create_index("ix_reports_created_at", "reports", ["created_at"])


def downgrade() -> None:
    op.drop_index("ix_reports_created_at", "reports")
    op.drop_table("reports")
    op.drop_index("ix_inquiries_created_at", "inquiries")
    op.drop_table("inquiries")
