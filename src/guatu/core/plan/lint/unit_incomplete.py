"""A unit without its level (发改局 where the document says 县发改局 elsewhere), or without its end (县医疗保障).

Two names of one unit become two lines in the ledger, and a bare name may be read as the unit of another level.
"""

from collections import Counter
from collections.abc import Iterator

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.kernel.regex import regex
from guatu.core.plan.lint.view import LintView, Place

BARE = Kind(
    "plan.unit-incomplete",
    "warning",
    zh="“{unit}”缺少层级，其他地方写的是“{full}”，请写全称{more_zh}",
    en="“{unit}” lacks its level, elsewhere it is “{full}”: write the full name{more_en}",
)

CUT = Kind(
    "plan.unit-cut-off",
    "error",
    zh="“{unit}”缺少名称的结尾（局、委、办、中心等），请写全称",
    en="“{unit}” lacks the end of its name (局, 委, 办, 中心): write the full name",
)
KINDS = (BARE, CUT)

# A name that ends with what a department is for has lost what it is.
_LOST_END = regex(
    r"(?:[省市县区州旗镇乡]|^)[\u4e00-\u9fff]{0,8}(?:发展改革|教育|体育|科技|信息化|公安|民政|司法|财政|社会保障|资源|环境|城乡建设|城市管理|交通运输|"
    r"水利|水务|农村|商务|文化|旅游|卫生健康|军人事务|应急管理|审计|监督管理|市场监管|医疗保障|林业|发展管理|机关事务|政务服务|行政审批|气象|税务)"
)
_UNIT = regex(r"[局委办厅中](?:(?<=中)心|(?<!中))(?![长员公托培内])")
_NAME = regex(r"[\u4e00-\u9fff]{1,9}$")
_LEVELS = "省市县区州旗"
_FULL = regex(rf"(?P<level>[{_LEVELS}])(?P<name>[\u4e00-\u9fff]{{2,8}})$")
# What stands before a bare name: the end of other words, not another name of the same list (县发改局、住建局 is usual).
_BARE = regex(r"(?:设在|由|牵头单位:|责任单位:|配合单位:|建设|归口|[,。;(:\n]|会同|报送?|隶属)$")


def check(view: LintView) -> Iterator[Finding]:
    yield from _lost_ends(view)
    seen: set[int] = set()
    for finding in [*_bare_duties(view), *_in_texts(view)]:
        if finding.span.start not in seen:
            seen.add(finding.span.start)
            yield finding


def _in_texts(view: LintView) -> Iterator[Finding]:
    for document in view.outline.documents:
        yield from view.folded(BARE, _places(view.norm, document.start, document.end))


def _bare_duties(view: LintView) -> Iterator[Finding]:
    """Units that open a list of a role without their level, where nearly all units have theirs."""
    for document in view.documents:
        duties = [duty for task in document.tasks for duty in task.duties if _OFFICE.search(duty.unit)]
        full = {duty.unit[1:]: duty.unit for duty in duties if duty.unit[0] in _LEVELS}
        bare = [duty for duty in duties if duty.unit in full]
        if len(bare) * _BARE_AMONG > len(duties):
            continue
        for duty in bare:
            if view.reading.text[duty.span.start - 1] in _LIST_OPENINGS:
                yield BARE.at(duty.span, unit=duty.unit, full=full[duty.unit], more_zh="", more_en="")


_OFFICE = regex(r"[局委办]$")
_LIST_OPENINGS = frozenset(":：(（[〔 \t")
_BARE_AMONG = 8


def _lost_ends(view: LintView) -> Iterator[Finding]:
    for document in view.documents:
        for task in document.tasks:
            for duty in task.duties:
                if _LOST_END.fullmatch(duty.unit):
                    yield CUT.at(duty.span, unit=duty.unit)


def _places(norm: str, start: int, end: int) -> Iterator[tuple[str, Place]]:
    full: Counter[str] = Counter()
    levels: dict[str, str] = {}
    bare: list[tuple[str, int, int]] = []
    for match in _UNIT.finditer(norm, start, end):
        words = _NAME.search(norm, max(start, match.start() - 9), match.start())
        if words is None:
            continue
        named = _FULL.search(words[0])
        if named:
            name = named["name"] + match[0]
            full[name] += 1
            levels[name] = named["level"]
        bare.append((words[0] + match[0], words.start(), match.end()))
    known = [(_known(words, full), stop) for words, _, stop in bare]
    without = Counter(name for name, stop in known if name and norm[stop - len(name) - 1] not in _LEVELS)
    for name, stop in known:
        if name and without[name] * 2 <= full[name] and _stands_bare(norm, stop - len(name)):
            yield name, Place(stop - len(name), stop, {"unit": name, "full": levels[name] + name})


def _known(words: str, full: Counter[str]) -> str | None:
    """The longest name at the end of `words` that stands with its level elsewhere."""
    return next((words[i:] for i in range(len(words) - 2) if full[words[i:]] >= 2), None)


def _stands_bare(norm: str, at: int) -> bool:
    return norm[at - 1 : at] not in _LEVELS and bool(_BARE.search(norm, max(0, at - 6), at))
