"""Evidence is what its bytes are, is said to be there where it is, and is asked about where it stands elsewhere as well."""

from __future__ import annotations

import random
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from guatu.adapters.content import EVIDENCE, refused_as_evidence
from guatu.web.base.actions import perform
from guatu.web.base.problems import Invalid
from guatu.web.dispatch.actions.add_evidence import AddEvidence
from guatu.web.dispatch.actions.order_rows import stored
from guatu.web.dispatch.models import Evidence, Report
from tests.web.dispatch.conftest import Board, at

JPEG = b"\xff\xd8\xff\xe0 a photo"
PROGRAM = b"MZ\x90\x00" + bytes(60) + b"PE\x00\x00"


@pytest.fixture
def opened(board: Board, settings: Any, tmp_path: Any) -> Board:
    settings.MEDIA_ROOT = tmp_path / "files"
    board.open(at(6, 3))
    return board


def report(board: Board, key: str = "2024-05", unit: str = "柳林镇") -> Report:
    return board.report(key, board.pipes, unit)


def hand_in(board: Board, one: Report, name: str, data: bytes) -> Evidence:
    return perform(AddEvidence(one.pk, SimpleUploadedFile(name, data)), board.context("town", at(6, 4)))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("安装.exe", PROGRAM, "不能作为佐证材料"),
        ("照片.jpg", PROGRAM, "内容是可执行程序"),
        ("照片.jpg", random.Random(1).randbytes(5000), "内容是文本或无法识别的内容"),
        ("照片.png", JPEG, "内容是JPEG 图片"),
        ("批复.pdf", b"<html><body>", "内容是网页"),
        ("说明.txt", random.Random(2).randbytes(5000), "内容是文本或无法识别的内容"),
        ("照片", JPEG, "不能作为佐证材料"),
        ("照片.zip", b"PK\x03\x04", "解压"),
    ],
)
def test_what_is_no_evidence_by_its_bytes_is_refused_with_what_it_is(
    opened: Board, name: str, data: bytes, said: str
) -> None:
    one = report(opened)
    with pytest.raises(Invalid) as refused:
        hand_in(opened, one, name, data)
    assert said in str(refused.value) and refused.value.code == "evidence.refused"
    with pytest.raises(Invalid, match=said):
        stored([SimpleUploadedFile(name, data)], opened.context("town", at(6, 4)))
    assert one.evidence.count() == 0


@given(st.binary(min_size=1, max_size=3000), st.sampled_from(sorted(set(EVIDENCE) - {".txt", ".csv"})))
def test_bytes_without_a_mark_are_no_evidence_under_any_ending_that_has_one(data: bytes, ending: str) -> None:
    assert refused_as_evidence(b"\x01" + data.replace(b"%PDF-", b"").replace(b"ftyp", b""), f"a{ending}") == "content"


@given(st.text(min_size=1, max_size=300).filter(lambda text: "\0" not in text), st.sampled_from(["utf-8", "gb18030"]))
def test_a_text_is_evidence_unless_it_is_a_page_or_a_script(text: str, encoding: str) -> None:
    data = ("验收" + text).encode(encoding, "ignore")
    assert "<" in text or refused_as_evidence(data, "说明.txt") == ""


@pytest.mark.django_db
def test_the_same_content_twice_is_said_and_stands_once(opened: Board) -> None:
    one = report(opened)
    client = Client()
    client.force_login(opened.county.users["town"])
    first, again = (SimpleUploadedFile(name, JPEG) for name in ("一.jpg", "二.jpg"))
    client.post(f"/reports/{one.pk}/files/", {"files": first}, headers={"HX-Request": "true"})
    text = client.post(f"/reports/{one.pk}/files/", {"files": again}, headers={"HX-Request": "true"}).content.decode()
    kept = Evidence.objects.get(report=one)
    assert f'“二.jpg”与 <a href="/files/{kept.file_id}/">一.jpg</a> 内容相同,未重复保存。' in text
    assert hand_in(opened, one, "三.jpg", JPEG).repeated and Evidence.objects.count() == 1


@pytest.mark.django_db
def test_two_equal_files_of_one_reply_are_refused_by_name(opened: Board) -> None:
    files = [SimpleUploadedFile(name, JPEG) for name in ("一.jpg", "二.jpg")]
    with pytest.raises(Invalid, match=r"“二\.jpg”和“一\.jpg”内容相同"):
        stored(files, opened.context("town", at(6, 4)))


@pytest.mark.django_db
def test_a_reviewer_is_asked_about_a_photo_that_stands_elsewhere(opened: Board) -> None:
    may, april = report(opened), report(opened, "2024-04")
    for one in (may, april):
        hand_in(opened, one, "工地.jpg", JPEG)
    supervision = Client()
    supervision.force_login(opened.county.users["supervision"])
    text = supervision.get(f"/reviews/{may.pk}/").content.decode()
    assert "同一文件还用在别处,请核实" in text and f'href="/reviews/{april.pk}/"' in text and "2024-04 柳林镇" in text
    assert f'href="/reviews/{may.pk}/"' not in text.partition("同一文件还用在别处")[2][:400]
