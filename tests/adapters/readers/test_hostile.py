"""Small files that would hold a worker for minutes or fill its memory: refused before they expand, or stopped."""

import time

import pytest

from guatu.adapters.bounded import Limits
from guatu.adapters.documents import Asked, compile_document
from guatu.adapters.readers import ReadError, read_bytes
from tests.adapters.readers.hostile import CHEAP, EXPANDING, WORKING, spans

AMPLE = Limits(cpu=20, wall=120, megabytes=600)
TIGHT = Limits(cpu=1, wall=60, megabytes=400)


def refused(data: bytes, name: str, limits: Limits) -> ReadError:
    with pytest.raises(ReadError) as caught:
        compile_document(data, Asked(name, name), limits)
    return caught.value


@pytest.mark.parametrize("trick", EXPANDING)
def test_what_would_expand_is_refused_before_it_does(trick: str) -> None:
    name, make, code = EXPANDING[trick]
    data = make()
    assert len(data) < 5_000_000
    error = refused(data, name, AMPLE)
    assert error.code == code, error.en


@pytest.mark.parametrize("trick", WORKING)
def test_what_costs_work_is_stopped_at_its_limit(trick: str) -> None:
    name, make, codes = WORKING[trick]
    data = make()
    assert len(data) < 800_000
    begun = time.monotonic()
    error = refused(data, name, TIGHT)
    assert error.code in codes, error.en
    assert error.params["limit"] in ("1", "400") and error.params["limit"] in error.zh
    assert time.monotonic() - begun < 60


@pytest.mark.parametrize("trick", CHEAP)
def test_what_only_looks_like_a_trick_costs_little(trick: str) -> None:
    name, make = CHEAP[trick]
    try:
        compile_document(make(), Asked(name, name), AMPLE)
    except ReadError as error:
        assert error.code not in ("read.time", "read.memory", "read.crash")


def test_the_cells_that_spans_cover_are_counted_before_they_are_made() -> None:
    with pytest.raises(ReadError) as caught:
        read_bytes(spans(), "方案.docx")
    assert caught.value.zh.startswith("方案.docx：文件太大（> 1,000,000，上限 1,000,000）")
