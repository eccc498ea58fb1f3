"""The tables and parameters of an engine are checked with the pack that holds them, at file and line."""

import shutil
from pathlib import Path

import pytest

from guatu.adapters.packs.finder import find_packs
from guatu.adapters.packs.loading import load_pack

pytest.importorskip("pyarrow")
FOLDER = find_packs(environment={})["drg"].folder


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "drg"))


def test_the_shipped_one_is_right(pack: Path) -> None:
    loaded, found = load_pack(pack)
    assert loaded is not None and found == []


@pytest.mark.parametrize(
    ("file", "right", "wrong", "code"),
    [
        ("parameters/example.toml", "value = 0.01", 'value = "much"', "drg.parameter-value"),
        ("parameters/example.toml", "[[parameters.trim_low]]", "[[parameters.trim_lwo]]", "drg.parameter-unknown"),
        ("schemes/example/mcc.tsv", "\t", "\t\t", "scheme.columns"),
        ("schemes/example_city/scheme.toml", '"../example"', '"../nowhere"', "scheme.folder"),
    ],
)
def test_a_fault_is_refused_at_its_file_and_line(pack: Path, file: str, right: str, wrong: str, code: str) -> None:
    path = pack / file
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    loaded, found = load_pack(pack)
    assert loaded is None
    one = next((one for one in found if one.code == code), None)
    assert one is not None, [one.text("en") for one in found]
    if "example/" in file or file.startswith("parameters"):
        assert (one.file, one.line > 0) == (file, True)
