"""The steps by which a stay came to its group: which table, which code, and why not the group before."""

from collections.abc import Iterable

import msgspec

from guatu.core.kernel.finding import Language

_WORDS: dict[str, tuple[str, str]] = {
    "mapped": ("{code} 按映射表换成 {to}", "{code} is {to} by the map"),
    "entry": ("主要诊断 {code} 不在诊断表里", "the principal diagnosis {code} is not among its diagnoses"),
    "trauma": ("损伤部位只有 {n} 个，须 2 个以上", "only {n} regions of the body are injured; 2 or more are wanted"),
    "sex": ("性别须为 {wanted}", "the sex must be {wanted}"),
    "age": ("须不足一岁，年龄为 {age}", "must be less than a year old; the age is {age}"),
    "valid-main": ("主要手术 {code} 不是有效手术", "the main procedure {code} is no valid one"),
    "enter": ("符合进入条件", "enters"),
    "leave": ("没有一个 ADRG 符合，试下一个 MDC", "no ADRG fits; the next MDC is tried"),
    "no-dx": ("主要诊断 {code} 不在诊断表里", "the principal diagnosis {code} is not in its diagnoses"),
    "no-anydx": ("没有诊断在诊断表里", "no diagnosis is in its diagnoses"),
    "no-proc": ("主要手术 {code} 不在手术表里", "the main procedure {code} is not in its procedures"),
    "no-sets": ("手术没有命中 {sets} 的组合", "the procedures do not hit the sets {sets}"),
    "no-newborn": ("不在出生 28 天内", "not within 28 days of birth"),
    "no-weight": ("体重 {weight} 克不在 {range} 内", "the weight of {weight} g is not in {range}"),
    "no-valid": ("主要手术 {code} 不是有效手术", "the main procedure {code} is no valid one"),
    "some-valid": ("有有效手术 {code}", "there is a valid procedure, {code}"),
    "adrg": ("符合规则 {rule}", "fits by the rule {rule}"),
    "qy-no": ("没有有效手术，不入歧义组", "no valid procedure: not the group of unrelated procedures"),
    "qy": ("有效手术与主要诊断无关", "a valid procedure unrelated to the principal diagnosis"),
    "counts": ("{code} 是 {level}（排除表 {table}），计入", "{code} is a {level} (exclusion table {table}) and counts"),
    "excluded": (
        "{code} 是 {level}，但与主要诊断同在排除表 {table}，不计",
        "{code} is a {level}, excluded: the principal diagnosis is in the same table {table}",
    ),
    "drg-no": ("须有 {wanted}", "needs {wanted}"),
    "drg": ("符合条件 {condition}", "fits by the condition {condition}"),
    "refused": ("有错误，没有分组", "has errors and was not grouped"),
    "none": ("所有 MDC 都不符合", "no MDC fits"),
}


class Step(msgspec.Struct, frozen=True):
    """One test: where (`MDC B`, `ADRG BB1`), whether it held, and why."""

    where: str
    held: bool
    word: str
    params: dict[str, str] = {}

    def message(self, language: Language = "zh") -> str:
        template = _WORDS[self.word][0 if language == "zh" else 1]
        return f"{self.where}: {template.format(**self.params)}"


class Trace(list[Step]):
    """Steps in the order in which they were made."""

    def say(self, where: str, held: bool, word: str, **params: object) -> None:
        self.append(Step(where, held, word, {key: str(value) for key, value in params.items()}))


def lines(steps: Iterable[Step], language: Language = "zh") -> list[str]:
    return [f"{'+' if step.held else '-'} {step.message(language)}" for step in steps]
