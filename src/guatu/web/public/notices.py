"""What is typed of a notice, and what of it becomes the row: the very words that will hang."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any

import msgspec
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.core.calendar.keys import rhythm_of
from guatu.core.publishing.content import Content, lines_of, paragraphs
from guatu.core.publishing.hanging import wrong_days
from guatu.core.publishing.personal import suspects, without_names
from guatu.core.publishing.table import MOST_ROWS, CellFinding, read_table
from guatu.web.base.actors import Actor
from guatu.web.base.language import language
from guatu.web.base.problems import Invalid
from guatu.web.directory.selectors.known_people import known_people
from guatu.web.kit.kinds import Day, Text, Tick, WholeOrNone
from guatu.web.public.library import NoticeKind, kinds
from guatu.web.public.models import Release
from guatu.web.public.selectors.disclosing import Village, villages
from guatu.web.public.sources import Taken, sources

MOST_WRONG = 5
"""So many faults of a table are told at once."""
FORBIDDEN_CODE = "public.personal-number"


@dataclass(frozen=True)
class NoticeText:
    """`source` is what it is made of, where a source is; else it is written (`text`) or pasted (`table`)."""

    source: Annotated[
        int | None,
        WholeOrNone(
            label=gettext_lazy("公开什么"), kind="select", choices="sources", none=gettext_lazy("请选择"), most=2**53
        ),
    ] = None
    without_names: Annotated[
        bool,
        Tick(
            label=gettext_lazy("隐去个人姓名"),
            hint=gettext_lazy("本县人员名册里的姓名只留姓,如“张**”。"),
        ),
    ] = False
    title: Annotated[str, Text(label=gettext_lazy("标题"), longest=200)] = ""
    number: Annotated[str, Text(label=gettext_lazy("文号"), longest=80)] = ""
    ground: Annotated[
        str,
        Text(
            label=gettext_lazy("公开依据"),
            longest=300,
            required=True,
            hint=gettext_lazy("法规、制度或文件的名称和条款,会一起公布。"),
        ),
    ] = ""
    place: Annotated[
        int | None,
        WholeOrNone(
            label=gettext_lazy("村(社区)"), kind="select", choices="places", none=gettext_lazy("请选择"), most=2**53
        ),
    ] = None
    unit: Annotated[
        int | None,
        WholeOrNone(
            label=gettext_lazy("发布单位"), kind="select", choices="units", none=gettext_lazy("请选择"), most=2**53
        ),
    ] = None
    period: Annotated[
        str,
        Text(label=gettext_lazy("期次"), kind="select", choices="periods", none=gettext_lazy("请选择"), longest=10),
    ] = ""
    text: Annotated[str, Text(label=gettext_lazy("正文"), kind="area", longest=50_000)] = ""
    table: Annotated[
        str,
        Text(
            label=gettext_lazy("表格"),
            kind="area",
            longest=500_000,
            hint=gettext_lazy("从表格软件复制粘贴,一行一条;姓名、证件号码和电话公开时自动隐去大部分。"),
        ),
    ] = ""
    from_on: Annotated[datetime.date | None, Day(label=gettext_lazy("公开自"), required=True)] = None
    until_on: Annotated[
        datetime.date | None, Day(label=gettext_lazy("公开至"), hint=gettext_lazy("留空即长期公开。"))
    ] = None


def kind_of(word: str) -> NoticeKind:
    found = kinds().get(word)
    if found is None:
        raise Invalid(_("没有这种公示,请从列表中选择。"), field="kind", code="public.no-kind")
    return found


def village_of(given: NoticeText, actor: Actor) -> Village:
    """The village that discloses. Raises `Invalid` for one that the actor does not answer for."""
    found = next((one for one in villages(actor) if one.place_id == given.place), None)
    if found is None:
        raise Invalid(_("请选择村(社区)。"), field="place", code="public.no-village")
    return found


def names_known(today: datetime.date) -> set[str]:
    return {one.name for one in known_people(today)}


def written(kind: NoticeKind, given: NoticeText, actor: Actor) -> dict[str, Any]:
    """What the row holds of a notice. Raises `Invalid` at the field that cannot be taken."""
    # A notice is an official paper: its words are Chinese whatever the page's language.
    with translation.override("zh-hans"):
        taken = _taken(kind, given, actor)
    if not (given.title.strip() or taken.title):
        raise Invalid(_("请填写标题。"), field="title", code="public.no-title")
    if not taken.content:
        raise Invalid(_("没有内容,请填写正文或表格。"), field="text", code="public.empty")
    content = taken.content
    if given.without_names:
        content = without_names(content, names_known(actor.today))
    title = " ".join((given.title or taken.title).split())[:200]
    return {
        "kind_zh": kind.of.zh,
        "kind_en": kind.of.en,
        "title": title,
        "number": given.number or taken.number,
        "ground": given.ground,
        "content": msgspec.to_builtins(content),
        "words": "\n".join((title, *lines_of(content))),
        "from_on": given.from_on,
        "until_on": given.until_on,
        "given": msgspec.to_builtins(given),
        "origin": f"{kind.word}:{given.source}" if kind.word in sources() else "",
        "period": _period(kind, given),
    }


def _taken(kind: NoticeKind, given: NoticeText, actor: Actor) -> Taken:
    source = sources().get(kind.word)
    if source is not None:
        if given.source is None:
            raise Invalid(_("请选择要公开的内容。"), field="source", code="public.no-source")
        return source.take(actor, given.source)
    content: Content = paragraphs(given.text)
    # A kind without columns has no table, whatever a program sends.
    if kind.of.column and given.table.strip():
        # What is personal is masked here, before anything is kept of it but what was typed.
        sheet, wrong = read_table(kind.of.column, given.table, "", actor.today)
        if wrong:
            raise Invalid(_wrong(kind, wrong), field="table", code="public.table")
        if len(sheet.rows) > MOST_ROWS:
            said = _("表格最多 %(n)d 行,更多的请作为附件上传。") % {"n": MOST_ROWS}
            raise Invalid(said, field="table", code="public.table")
        content = (*content, sheet)
    return Taken("", content)


def _wrong(kind: NoticeKind, wrong: Iterable[CellFinding]) -> str:
    # Of a long list of the same slip the first few tell enough.
    found = list(wrong)
    said = []
    for one in found[:MOST_WRONG]:
        if one.finding is None:
            said.append(_("第 %(row)d 行应有 %(n)d 栏") % {"row": one.row, "n": len(kind.of.column)})
        else:
            at = {"row": one.row, "column": kind.of.column[one.column - 1].zh, "said": one.finding.message(language())}
            said.append(_("第 %(row)d 行“%(column)s”:%(said)s") % at)
    more = len(found) - MOST_WRONG
    return "\n".join([*said, *([_("另有 %(n)d 处。") % {"n": more}] if more > 0 else [])])


def _period(kind: NoticeKind, given: NoticeText) -> str:
    if kind.of.every is None:
        return ""
    try:
        fits = rhythm_of(given.period) == kind.of.every
    except ValueError:
        fits = False
    if not fits:
        raise Invalid(_("请选择是哪一期的公开。"), field="period", code="public.no-period")
    return given.period


def check_days(row: Release, today: datetime.date) -> None:
    """Raises `Invalid` where the notice could not hang so from today."""
    wrong = wrong_days(kind_of(row.kind).of, row.from_on, row.until_on, today)
    if wrong is not None:
        # The core says it in both languages.
        template = wrong.kind.zh if language() == "zh" else wrong.kind.en
        raise Invalid(template.format(**wrong.params), field=wrong.field, code=wrong.kind.code)


def content_of(row: Release) -> Content:
    return msgspec.convert(row.content, Content)


def suspects_of(row: Release, today: datetime.date) -> list[Any]:
    """What in a draft looks like a person's; its title and its ground are read as well."""
    # Names are as often in a title as in a text.
    head = paragraphs(f"{row.title}\n{row.ground}\n{row.number}")
    return suspects((*head, *content_of(row)), names_known(today))
