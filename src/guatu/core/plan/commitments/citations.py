"""Documents and projects that a plan names."""

import msgspec

from guatu.core.kernel.regex import regex


class CitationDraft(msgspec.Struct, frozen=True):
    title: tuple[int, int]
    doc_no: str | None
    start: int
    end: int


_CITED = regex(
    r"《(?P<title>(?:[^《》\n]|《[^《》\n]*》){2,120})》(?: ?\((?P<no>[^()\n]{2,20}\[ ?(?:\d{4}|20xx) ?\] ?\d+ ?号)[^()\n]*\))?"
)
# A number without a title; a search for its bracket is quickest, and its office stands before.
_ALONE = regex(r"\[ ?(?:19|20)\d\d ?\] ?\d{1,4} ?号")
_OFFICE = regex(r"(?<=[(\s,、])[\u4e00-\u9fff]{2,10}$")
_LONGEST_OFFICE = 10
_PROJECT = regex(
    r"(?:实施|推进|启动|建设|完成|加快|抓好|开工|续建|新建|谋划)(?P<name>[^,。;、:()《》\s]{3,36}?(?:工程|项目))(?=[,。;、:()\s]|建设|实施|$)"
)


def find_citations(norm: str, start: int, end: int) -> list[CitationDraft]:
    titled = [
        CitationDraft(match.span("title"), match["no"], match.start(), match.end())
        for match in _CITED.finditer(norm, start, end)
    ]
    alone = [
        CitationDraft((office.start(), match.end()), norm[office.start() : match.end()], office.start(), match.end())
        for match in _ALONE.finditer(norm, start, end)
        if (office := _OFFICE.search(norm, max(start, match.start() - _LONGEST_OFFICE), match.start()))
        and not any(one.start < match.end() and match.start() < one.end for one in titled)
    ]
    return sorted([*titled, *alone], key=lambda one: one.start) if alone else titled


def find_projects(norm: str, start: int, end: int) -> list[tuple[int, int]]:
    """Names of projects and works that the text says will be done."""
    return [m.span("name") for m in _PROJECT.finditer(norm, start, end)]
