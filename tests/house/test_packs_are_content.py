"""A pack is content: words, types, flows, numbers. What computes is the core's, an adapter's or an engine's."""

from tests.house.project import ROOT

PACKS = ROOT / "src" / "guatu" / "packs"
ALLOWED = "formulas.py"
"""Pure functions that a declaration of the pack names."""


def test_no_pack_holds_python_but_its_formulas() -> None:
    found = [path.relative_to(PACKS).as_posix() for path in PACKS.rglob("*.py") if path.name != ALLOWED]
    assert found == ["__init__.py"]
