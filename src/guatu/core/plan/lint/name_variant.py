"""One place under two names: 元湾村 and 园湾村, 北柳子乡 and 北柳乡.

Input methods offer characters of one sound; whoever looks for the village finds the half of its tasks.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import islice

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.kernel.regex import regex
from guatu.core.plan.lint.view import LintView

KIND = Kind(
    "plan.name-variant",
    "warning",
    zh="“{name}”与别处的“{other}”疑为同一地名，请核对并统一",
    en="“{name}” and “{other}” are probably one place: check and write it in one way",
)

_SAME_SOUND = (
    "元园圆源员原袁 东冬 西溪 河和合何荷 李里理 王旺汪 张章 家佳加 沟构 石时 柳刘 杨阳羊洋 林临 泉全 桥乔 岭领 坪平屏 塘堂唐 湾弯 黄皇 "
    "徐许 清青 龙隆 福富 新心 兴星 台太 集吉 宝保堡 岗冈 周洲 江姜 柏百 双霜 五伍吴武 桃陶 竹朱 松宋 梅眉 陈晨 城成 安庵 辛新 胡湖 曹草"
)
_SOUND = {character: group for group in _SAME_SOUND.split() for character in group}
_PLACE = regex(r"[村乡镇](?<![、,。;:( ].)(?![级民委庄内干组屯长镇区村务支容貌规])")
_NAME = regex(r"(?<=[、,。;:(“和与及至到在对由 \n])[\u4e00-\u9fff]{2,4}$")
_MOST = 20
_OPTIONAL = "子家"


def check(view: LintView) -> Iterator[Finding]:
    documents = view.outline.documents
    if not view.outline.collection and documents:
        yield from _in_range(view, documents[0].start, documents[-1].end)
        return
    for document in documents:
        yield from _in_range(view, document.start, document.end)


def _in_range(view: LintView, start: int, end: int) -> Iterator[Finding]:
    first: dict[str, int] = {}
    count: Counter[str] = Counter()
    for name, at in _names(view.norm, start, end):
        first.setdefault(name, at)
        count[name] += 1
    for pair in islice(_variants(count), _MOST):
        name, other = sorted(pair, key=lambda n: view.norm.count(n[:-1], start, end))
        yield view.at(KIND, first[name], first[name] + len(name), name=name, other=other)


def _names(norm: str, start: int, end: int) -> Iterator[tuple[str, int]]:
    for match in _PLACE.finditer(norm, start, end):
        words = _NAME.search(norm, max(start, match.start() - 5), match.start())
        if words:
            yield words[0] + match[0], words.start()


def _variants(count: Counter[str]) -> Iterator[tuple[str, str]]:
    """Pairs of names that may be one."""
    by_sound: dict[str, str] = {}
    for name in count:
        key = "".join(_SOUND.get(c, c) for c in name[:-1] if c not in _OPTIONAL or len(name) < 4) + name[-1]
        other = by_sound.setdefault(key, name)
        if other != name:
            yield name, other
