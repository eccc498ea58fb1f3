"""A unit that stands twice in one list: 县住建局、县水利局、县住建局.

One of the two was meant to be another unit, which now knows nothing of its task.
"""

from collections.abc import Iterator

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.kernel.regex import regex
from guatu.core.plan.lint.view import LintView

KIND = Kind(
    "plan.unit-repeated",
    "error",
    zh="“{unit}”在同一列表中出现两次，请删去一个或改为应列的单位",
    en="“{unit}” stands twice in one list: delete one, or name the unit that was meant",
)

_ENDS = regex(r"[。;:()\[\]\n\t]")
_ROLE_ENDS = regex(r"(?<=牵头|负责|配合|实施|落实),")
_ROLE = regex(r"(?:等|牵头|负责|配合|分工|分别|按|组织|具体|共同|联合|参与|协助|根据|实施|落实)[\u4e00-\u9fff]{0,16}$")
_NAME = regex(
    r"[\u4e00-\u9fff<>·]{1,20}(?:局|委|办|部|厅|院|政府|办公室|处|所|站|会|社|中心|公司|集团|银行|大队|支队|街道|镇|乡|法院|学校|医院|分局)>?"
)


def check(view: LintView) -> Iterator[Finding]:
    start = 0
    for segment in _ENDS.split(view.norm):
        if "、" in segment:
            at = start
            for piece in _ROLE_ENDS.split(segment) if "," in segment else (segment,):
                for position, name in _repeated(piece):
                    yield view.at(KIND, at + position, at + position + len(name), unit=name)
                at += len(piece) + 1
        start += len(segment) + 1


def _repeated(segment: str) -> Iterator[tuple[int, str]]:
    """Names that stand twice in a list; before the first and behind the last one other words may stand."""
    items = segment.replace(",", "、").split("、")
    if len(items) < 2:
        return
    first, last = items[0], items[-1]
    may_repeat = len(set(items)) < len(items) or first.endswith(tuple(items[1:]))
    # Most lists end here; behind the last name its role may stand.
    if not may_repeat and not last.startswith(tuple(items[1:-1])) and last[:2] not in first:
        return
    names = [*items[:-1], _ROLE.sub("", last)]
    seen: set[str] = set()
    at = 0
    for name in names:
        again = name in seen or (len(name) > 2 and seen and items[0].endswith(name))
        if again and _NAME.fullmatch(name):
            yield at, name
        seen.add(name)
        at += len(name) + 1
