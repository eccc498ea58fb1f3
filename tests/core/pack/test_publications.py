"""publications.toml: what a pack may let be published, and each fault with its whole message."""

import pytest

from guatu.core.pack import check_pack, read_pack
from guatu.core.pack.sections import publications

PACK = 'name = "p"\nversion = "1"\ntitle = { zh = "包", en = "pack" }\n'
NOTICE = (
    '[[publication]]\nname = "accounts"\nzh = "财务公开"\nen = "accounts"\nby = "village"\nevery = "month"\n'
    'due_day = 10\nhangs = 7\nends = true\nsource = "村务公开办法"\n'
    'column = [{ kind = "person", zh = "姓名", en = "name" }]\n'
)


def found(text: str) -> list[str]:
    read, findings = read_pack({"pack.toml": PACK, "docs.md": "x", "publications.toml": text})
    return [one.text("en") for one in [*findings, *(check_pack(read) if read else [])]]


def test_kinds_of_notices_are_read() -> None:
    read, _ = read_pack({"pack.toml": PACK, "docs.md": "x", "publications.toml": NOTICE})
    assert read is not None
    (row,) = read.pack[publications.SECTION].publication
    assert (row.name, row.by, row.every, row.hangs, row.is_personal) == ("accounts", "village", "month", 7, True)
    assert found(NOTICE) == []


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        (
            "ends = true\n",
            "",
            "publications.toml:1 pack.personal-for-ever the table of 'accounts' holds people and cannot hang for ever;"
            " write ends = true",
        ),
        (
            'source = "村务公开办法"',
            'source = ""',
            "publications.toml:1 pack.no-source publication[0] has no source;"
            " where nobody has checked it, add unverified = true",
        ),
        (
            "due_day = 10",
            "due_day = 40",
            "publications.toml:1 pack.publication-days the days of 'accounts' are wrong: due_day is 1 to 31, hangs 0 to"
            " 3660",
        ),
        (
            'every = "month"\ndue_day = 10',
            "due_day = 12",
            "publications.toml:1 pack.publication-no-rhythm 'accounts' has a due_day and does not say how often it is"
            " published (every)",
        ),
        (
            'name = "accounts"',
            'name = "Accounts"',
            "publications.toml:2 pack.bad-name 'Accounts' is no name; use small letters, digits and underscores, and"
            " begin with a letter",
        ),
        (
            'en = "accounts"',
            'en = ""',
            "publications.toml:1 pack.no-words publication[0] has no words in both languages; fill in zh and en",
        ),
    ],
)
def test_a_fault_is_told_with_its_file_and_line(before: str, after: str, message: str) -> None:
    assert before in NOTICE
    assert found(NOTICE.replace(before, after)) == [message]


def test_a_kind_is_declared_once() -> None:
    assert found(NOTICE + NOTICE) == ["publications.toml:12 pack.twice 'accounts' is there twice; delete or rename one"]
