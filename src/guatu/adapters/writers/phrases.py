"""Values as people write them: 补植面积 ≥300亩, 2025年6月, 2560万元."""

import re
from decimal import Decimal

from guatu.adapters.writers.words import word
from guatu.core.plan.model import Deadline, Recurrence, Target, Task

_FEN_A_YUAN = 100
_FEN_A_WAN = 100 * 10_000
_FEN_A_YI = 100 * 100_000_000
_ISO_PART = re.compile(r"(?:(\d{4})|-)(?:-(\d{2})(?:-(\d{2}))?)?")
_DURATION = re.compile(r"P(?P<n>\d+)(?P<unit>WD|[DWMY])")
_SAY_EQUALS = frozenset(("", "%"))
"""9处 reads by itself; =0 and =100% do not."""
_GLUED_UNITS = frozenset("%‰℃")


def number(value: float) -> str:
    """A number without needless digits: 90, 11.19."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)


def target_value(target: Target, language: str) -> str:
    """Comparison, value and unit: ≥90%, 3–5个, 约20处."""
    values = target.value if isinstance(target.value, list) else [target.value]
    amount = "–".join(map(number, values))
    gap = "" if language == "zh" or target.unit in _GLUED_UNITS or not target.unit else " "
    bare = target.op == "range" or (target.op == "=" and target.unit not in _SAY_EQUALS)
    sign = "" if bare else word(f"op.{target.op}", language)
    return f"{sign}{' ' if sign.isascii() and sign.isalpha() else ''}{amount}{gap}{target.unit}"


def target_phrase(target: Target, language: str) -> str:
    """A target in one line, with its scope and its time."""
    head = " · ".join(part for part in (target.scope, target.metric) if part)
    said = f"{head} {target_value(target, language)}".strip()
    if not target.deadline:
        return said
    time = iso_phrase(target.deadline, language)
    return f"{said}（{time}）" if language == "zh" else f"{said} ({time})"


def iso_phrase(iso: str, language: str) -> str:
    """A time limit in words: 2025年6月30日, 2025年4月1日—5月31日, 30日内; English keeps ISO 8601."""
    duration = _DURATION.fullmatch(iso)
    if duration:
        return word(f"within.{duration['unit']}", language, n=duration["n"])
    no_year = word("time.no-year", language) if iso.startswith("--") else ""
    if language != "zh":
        return iso.removeprefix("--") + no_year
    parts = [_ISO_PART.fullmatch(part) for part in iso.split("/")]
    if not all(parts):
        return iso
    said = [_date_words(match.groups()) for match in parts if match]
    if len(said) == 2 and iso[:4] == iso.split("/")[1][:4] and not no_year:
        said[1] = said[1].split("年", 1)[1] or said[1]
    return "—".join(said) + no_year


def limit_phrase(limit: Deadline, language: str) -> str:
    """A time limit with what it counts from, where its day is not known: 方案印发后30日内."""
    said = iso_phrase(limit.iso, language)
    return word("within.since", language, time=said, since=limit.since) if limit.since else said


def _date_words(groups: tuple[str | None, ...]) -> str:
    marks = zip(groups, "年月日", strict=True)
    return "".join(f"{int(part)}{mark}" for part, mark in marks if part is not None)


def amount_in_wan(fen: int) -> Decimal:
    """Fen as 万元, exactly."""
    return Decimal(fen) / _FEN_A_WAN


def money_phrase(fen: int, language: str) -> str:
    """An amount in the unit that a reader expects: 5000元, 2560万元, 2.56亿元."""
    if language != "zh":
        return f"{Decimal(fen) / _FEN_A_YUAN:,f} yuan"
    for size, unit in ((_FEN_A_YI, "亿元"), (_FEN_A_WAN, "万元")):
        if abs(fen) >= size:
            return f"{_plain(Decimal(fen) / size)}{unit}"
    return f"{_plain(Decimal(fen) / _FEN_A_YUAN)}元"


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def recurrence_phrase(item: Recurrence, language: str) -> str:
    """When something is due again: 每月5日."""
    every = word(f"every.{item.every}", language)
    return every if item.day is None else word("every.day-of", language, every=every, n=item.day)


def path_phrase(path: list[str]) -> str:
    """The number of an item as it nests: 二 (三) 6."""
    return " ".join(path)


def units(task: Task, role: str) -> list[str]:
    return [duty.unit for duty in task.units if duty.role == role]
