"""The tables of a scheme: their columns, and which columns tell one row from another."""

from dataclasses import dataclass

MANIFEST = "scheme.toml"
CHANGE = "change"
"""Column of an overlay's table: what the row does to the base."""
CHANGES = ("add", "remove", "replace")
NEVER_EXCLUDED = "999"

ENTRIES = ("none", "principal", "multi_trauma")
DRG_CONDITIONS = ("mcc", "mcc_or_cc", "any")
PARTITIONS = ("surgical", "procedure", "medical")
QY_MODES = ("off", "main", "any")


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the layout; `key` tells its rows apart, `needed` says that no scheme is without it."""

    key: tuple[str, ...]
    columns: tuple[str, ...]
    optional: tuple[str, ...] = ()
    needed: bool = False


TABLES: dict[str, Table] = {
    "mdc": Table(("mdc",), ("mdc", "try_order", "entry", "condition"), ("qy", "n_dx", "n_adrg", "name"), needed=True),
    "mdc_dx": Table(("mdc", "dx"), ("mdc", "dx"), ("trauma_region",), needed=True),
    "adrg": Table(
        ("adrg",),
        ("adrg", "mdc", "try_order", "partition", "rule"),
        ("weight_min_g", "weight_below_g", "n_dx", "n_proc", "drgs", "name"),
        needed=True,
    ),
    "adrg_dx": Table(("adrg", "dx"), ("adrg", "dx"), needed=True),
    "adrg_proc": Table(("adrg", "set", "proc"), ("adrg", "set", "proc"), needed=True),
    "drg": Table(("drg",), ("drg", "adrg", "try_order", "condition"), ("mdc", "name"), needed=True),
    "cc": Table(("dx",), ("dx", "exclusion_table")),
    "mcc": Table(("dx",), ("dx", "exclusion_table")),
    "exclusion": Table(("principal_dx",), ("principal_dx", "exclusion_table")),
    "valid_proc": Table(("proc",), ("proc",)),
    "dx_name": Table(("dx",), ("dx", "name")),
    "proc_name": Table(("proc",), ("proc", "name")),
    "dx_map": Table(("from_dx",), ("from_dx", "dx")),
    "proc_map": Table(("from_proc",), ("from_proc", "proc")),
}
