"""Schemes: a good one loads as it is, a bad one is refused or warned about at the line that is wrong."""

import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from guatu.engines.drg.content import CITY, SCHEME
from guatu.engines.drg.scheme import kinds
from guatu.engines.drg.scheme.difference import differences
from guatu.engines.drg.scheme.layout import TABLES
from guatu.engines.drg.scheme.loader import SchemeRefused, load, scheme_of, tables_of
from guatu.engines.drg.scheme.rule import Atom, parse_rule, sets_of

RULES = [
    "dx",
    "proc",
    "dx+proc",
    "proc2",
    "dx+proc2",
    "dx+sets:1|2&3",
    "dx+sets:1&2|1&3&4",
    "proc+newborn",
    "dx+newborn",
]
RULES += ["anydx+weight+newborn", "valid_proc", "anydx+valid_proc", "no_valid_proc", "always"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the example that a test may spoil."""
    shutil.copytree(SCHEME, tmp_path / "scheme")
    return tmp_path / "scheme"


def edit(folder: Path, table: str, change: Callable[[str], str]) -> None:
    path = folder / f"{table}.tsv"
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


def found(folder: Path) -> list[tuple[str, str, str]]:
    """Severity, place and code of every finding."""
    return [(finding.severity, finding.row, finding.code) for finding in load(folder).findings]


def test_the_example_has_no_findings_and_uses_every_kind_of_rule() -> None:
    loaded = load(SCHEME)
    assert loaded.findings == () and loaded.scheme is not None
    used = {adrg.rule_text for mdc in loaded.scheme.mdcs for adrg in mdc.adrgs}
    assert used == set(RULES)
    assert {mdc.qy for mdc in loaded.scheme.mdcs} == {"off", "main", "any"}
    assert loaded.scheme.manifest.name == "示例分组方案"


def test_the_national_scheme_loads_as_it_is_and_its_known_gaps_are_reported(national: Path) -> None:
    loaded = load(national)
    assert loaded.scheme is not None
    counts = Counter(finding.code for finding in loaded.findings)
    assert counts["scheme.dx-unreachable"] == 252
    assert counts["scheme.code-shadowed"] == 44 + 48
    assert loaded.errors == []
    pairs = {(f.params["adrg"], f.params["dx"]) for f in loaded.findings if f.code == "scheme.dx-unreachable"}
    assert len(pairs) == 252 and sum(adrg.startswith("W") for adrg, _ in pairs) == 166
    adrgs = [adrg for mdc in loaded.scheme.mdcs for adrg in mdc.adrgs]
    assert (len(loaded.scheme.mdcs), len(adrgs), sum(len(adrg.drgs) for adrg in adrgs)) == (26, 376, 628)


REPLACED = [
    ("mdc", "\tmulti_trauma\t", "\tsomewhere\t", "mdc.tsv:5", "scheme.value"),
    ("mdc", "\tsex=1\t", "\tsex=3\t", "mdc.tsv:6", "scheme.value"),
    ("mdc", "\tmain\t", "\tsometimes\t", "mdc.tsv:8", "scheme.value"),
    ("mdc", "I\t8\t", "I\teight\t", "mdc.tsv:9", "scheme.value"),
    ("mdc", "I\t8\t", "I\t7\t", "mdc.tsv:9", "scheme.order-repeated"),
    ("mdc", "mdc\ttry_order", "mdc\torder", "mdc.tsv:1", "scheme.columns"),
    ("adrg", "AB1\tA\t", "AB1\tX\t", "adrg.tsv:3", "scheme.reference"),
    ("adrg", "\tproc2\t", "\tproc9\t", "adrg.tsv:3", "scheme.rule"),
    ("adrg", "\tdx+sets:1|2&3\t", "\tdx+sets:1|2&5\t", "adrg.tsv:16", "scheme.rule-needs"),
    ("adrg", "\tmedical\tanydx+weight+newborn\t\t1500", "\tmedical\tanydx+weight+newborn\t\t", "adrg.tsv:5", "scheme.rule-needs"),
    ("adrg", "\t1500\t2500\t", "\t1500\tmuch\t", "adrg.tsv:6", "scheme.value"),
    ("adrg", "AA1\tA\t1\tsurgical", "AA1\tA\t1\tminor", "adrg.tsv:2", "scheme.value"),
    ("adrg_dx", "PS1\t", "PX9\t", "adrg_dx.tsv:2", "scheme.reference"),
    ("adrg_proc", "AB1\t2\t", "AB1\tzwei\t", "adrg_proc.tsv:4", "scheme.value"),
    ("drg", "AB19\tAB1\tA\t1\tany", "AB19\tAB1\tA\t1\tmcc", "adrg.tsv:3", "scheme.no-last-drg"),
    ("drg", "AB19\tAB1", "AB19\tAA1", "adrg.tsv:3", "scheme.no-drg"),
    ("drg", "\tmcc\t", "\tcmc\t", "drg.tsv:4", "scheme.value"),
    ("cc", "B90.100\t", "B95.100\t", "cc.tsv:2", "scheme.cc-and-mcc"),
    ("mdc_dx", "P\tP60.100\t", "P\t\t", "mdc_dx.tsv:2", "scheme.value"),
    ("drg", "AA19\tAA1\tA\t1\tany\t", "AA19\tAA1\tA\t1\t", "drg.tsv:2", "scheme.cells"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "old", "new", "place", "code"), REPLACED, ids=lambda value: str(value)[:24])
def test_an_error_refuses_the_scheme_at_its_line(
    folder: Path, table: str, old: str, new: str, place: str, code: str
) -> None:
    edit(folder, table, lambda text: text.replace(old, new, 1))
    assert ("error", place, code) in found(folder)
    with pytest.raises(SchemeRefused):
        scheme_of(folder)


WARNED = [
    ("mdc", "J\t9\t", "J\t10\t", "mdc.tsv:10", "scheme.order-gap"),
    ("adrg", "EK2\tE\t3\tprocedure", "EK2\tE\t3\tsurgical", "adrg.tsv:21", "scheme.order-partition"),
    ("mdc_dx", "E\tE20.200\t\n", "", "adrg_dx.tsv:23", "scheme.dx-unreachable"),
    ("adrg_dx", "ET1\tE20.100", "ET1\tE10.100", "adrg_dx.tsv:22", "scheme.code-shadowed"),
    ("adrg", "\tdx+proc2\t", "\tdx+proc\t", "adrg_proc.tsv:17", "scheme.set-unused"),
    ("adrg", "YR1\tY\t2\tmedical\tdx", "YR1\tY\t2\tmedical\talways", "adrg_dx.tsv:8", "scheme.list-unused"),
    ("cc", "B90.200\t2", "B90.200\t77", "cc.tsv:3", "scheme.exclusion-unknown"),
    ("dx_name", "E10.200\t示例肺脓肿\n", "", "mdc_dx.tsv:14", "scheme.no-name"),
    ("drg", "ER13\tER1\tE\t2\tmcc_or_cc", "ER13\tER1\tE\t2\tmcc", "drg.tsv:33", "scheme.drg-unreached"),
    ("valid_proc", "37.0100\n", "37.0100\n37.0100\n", "valid_proc.tsv:3", "scheme.row-repeated"),
]


@pytest.mark.parametrize(("table", "old", "new", "place", "code"), WARNED, ids=lambda value: str(value)[:24])
def test_a_warning_names_its_line_and_the_scheme_loads(
    folder: Path, table: str, old: str, new: str, place: str, code: str
) -> None:
    edit(folder, table, lambda text: text.replace(old, new, 1))
    assert ("warning", place, code) in found(folder)
    assert load(folder).scheme is not None


def test_the_same_key_with_another_content_is_an_error(folder: Path) -> None:
    edit(folder, "cc", lambda text: text + "B90.100\t3\n")
    assert ("error", "cc.tsv:5", "scheme.row-conflict") in found(folder)


def test_counts_that_a_table_gives_of_another_are_compared(folder: Path) -> None:
    rows = (folder / "mdc.tsv").read_text(encoding="utf-8").splitlines()
    edit(folder, "mdc", lambda _text: "\n".join([rows[0] + "\tn_dx", *(row + "\t3" for row in rows[1:])]) + "\n")
    counted = [place for _, place, code in found(folder) if code == "scheme.count"]
    assert "mdc.tsv:3" not in counted and "mdc.tsv:2" in counted


@pytest.mark.parametrize(("table", "severity"), [("adrg", "error"), ("dx_map", "warning")])
def test_a_missing_table_is_an_error_only_where_nothing_goes_without_it(
    folder: Path, table: str, severity: str
) -> None:
    (folder / f"{table}.tsv").unlink()
    assert found(folder)[0] == (severity, f"{table}.tsv", "scheme.table-missing")


def test_a_table_that_is_no_utf_8_is_told(folder: Path) -> None:
    (folder / "dx_name.tsv").write_bytes("dx\tname\nE10.100\t肺炎\n".encode("gb18030"))
    assert ("error", "dx_name.tsv", "scheme.encoding") in found(folder)


@pytest.mark.parametrize(
    "line", ["qy = 'often'", "valid_to = 2020-01-01", "valid_from = 'soon'", "version = 1", "colour = 'red'", "name = "]
)
def test_a_manifest_that_is_wrong_is_told(folder: Path, line: str) -> None:
    key = line.split(" ")[0]
    kept = [old for old in (folder / "scheme.toml").read_text(encoding="utf-8").splitlines() if not old.startswith(key)]
    (folder / "scheme.toml").write_text("\n".join([*kept, line]), encoding="utf-8")
    assert [code for _, _, code in found(folder)] == ["scheme.manifest"]


def test_a_folder_without_manifest_is_named_after_itself(folder: Path) -> None:
    (folder / "scheme.toml").unlink()
    assert scheme_of(folder).manifest.name == "scheme"


def test_an_overlay_adds_removes_and_replaces_rows_of_its_base() -> None:
    scheme = scheme_of(CITY)
    mdcs = {mdc.code: mdc for mdc in scheme.mdcs}
    drgs = {adrg.code: [drg.code for drg in adrg.drgs] for adrg in mdcs["E"].adrgs}
    assert drgs["ET1"] == ["ET11", "ET19"]
    assert mdcs["I"].qy == "main" and "69.0100" not in scheme.valid_proc
    assert mdcs["A"] == scheme_of(SCHEME).mdcs[0]


@pytest.mark.parametrize(
    "row",
    ["add\t37.0100", "remove\t00.0000", "replace\t00.0000", "forget\t37.0100"],
    ids=lambda row: row.split("\t")[0],
)
def test_a_change_that_does_not_fit_its_base_is_an_error(tmp_path: Path, row: str) -> None:
    (tmp_path / "scheme.toml").write_text(f"base = {str(SCHEME)!r}\n", encoding="utf-8")
    (tmp_path / "valid_proc.tsv").write_text(f"change\tproc\n{row}\n", encoding="utf-8")
    assert found(tmp_path) == [("error", "valid_proc.tsv:2", "scheme.change")]


def test_an_overlay_that_is_its_own_base_is_told(tmp_path: Path) -> None:
    (tmp_path / "scheme.toml").write_text('base = "."\n', encoding="utf-8")
    assert [code for _, _, code in found(tmp_path)] == ["scheme.manifest"]


def test_a_difference_names_table_key_and_cells() -> None:
    old, new = tables_of(SCHEME)[1], tables_of(CITY)[1]
    assert [(d.change, d.table, d.key) for d in differences(old, new)] == [
        ("changed", "mdc", ("I",)),
        ("added", "drg", ("ET11",)),
        ("changed", "drg", ("ET19",)),
        ("removed", "valid_proc", ("69.0100",)),
    ]
    assert list(differences(old, old)) == []
    assert [d.change for d in differences(new, old)].count("added") == 1


def test_the_switch_overrides_every_mdc_that_tests_a_diagnosis() -> None:
    assert {mdc.qy for mdc in scheme_of(SCHEME, "any").mdcs if mdc.entry != "none"} == {"any"}
    assert {mdc.qy for mdc in scheme_of(SCHEME, "any").mdcs if mdc.entry == "none"} == {"off"}
    assert {mdc.qy for mdc in scheme_of(SCHEME, "off").mdcs} == {"off"}


@pytest.mark.parametrize("text", ["", "dx+", "dx+dy", "sets:", "sets:1|", "sets:0", "sets:1&&2", "proc3", "DX"])
def test_what_is_no_rule_is_none(text: str) -> None:
    assert parse_rule(text) is None


def test_a_rule_is_its_atoms() -> None:
    assert parse_rule("dx+sets:1&2|1&3&4") == (Atom("dx"), Atom("sets", ((1, 2), (1, 3, 4))))
    assert parse_rule("proc2") == (Atom("sets", ((1, 2),)),)
    assert sets_of(parse_rule("dx+sets:1|2&3") or ()) == {1, 2, 3}


def test_every_message_of_the_loader_has_the_same_blanks_in_both_languages() -> None:
    import re

    every = [kind for kind in vars(kinds).values() if isinstance(kind, kinds.Kind)]
    assert len({kind.code for kind in every}) == len(every) > 20
    for kind in every:
        assert sorted(re.findall(r"\{(\w+)\}", kind.zh)) == sorted(re.findall(r"\{(\w+)\}", kind.en)), kind.code


def test_every_table_has_a_key_among_its_columns() -> None:
    assert all(set(table.key) <= set(table.columns) for table in TABLES.values())
