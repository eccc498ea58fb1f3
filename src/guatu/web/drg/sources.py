"""The files of a run as what is computed with, and who approved its parameters."""

from __future__ import annotations

import msgspec

from guatu.engines.drg.parameters import Approval as ApprovalOf
from guatu.engines.drg.parameters import ParameterSet
from guatu.web.base.files import path_of
from guatu.web.drg.computing.given import parameters_of
from guatu.web.drg.computing.run import Sources
from guatu.web.drg.models import Run

ROLES = ("history", "stays", "hospitals", "reviews", "scheme")


def sources_of(run: Run) -> Sources:
    tables = {role: getattr(run, role) for role in ROLES}
    paths = {role: path_of(table.file) for role, table in tables.items() if table is not None}
    hashes = {role: table.file.sha256 for role, table in tables.items() if table is not None}
    return Sources(
        paths["history"], paths["stays"], paths["hospitals"], paths.get("reviews"),
        str(paths["scheme"]) if "scheme" in paths else "", hashes,
    )  # fmt: skip


def approved_parameters(run: Run) -> ParameterSet:
    """The set of a run with the approvals of the people here; those that its file names are left out."""
    rows = run.parameters.approvals.select_related("user").order_by("id")
    approvals = tuple(ApprovalOf(row.user.username, row.on, row.digest) for row in rows)
    return msgspec.structs.replace(parameters_of(run.parameters.text), approvals=approvals)
