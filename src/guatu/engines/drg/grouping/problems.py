"""What can be wrong with a stay. A row carries its problems as a set of bits; the order here is that of the bits.

With an error the stay is not grouped; with a warning it is, and the warning is listed with it.
"""

from collections.abc import Iterable

from guatu.core.kernel.finding import Kind

CELLS = Kind(
    "row.cells",
    "error",
    "第 {value} 行的格数与表头不符，没有读入。请检查分隔符。",
    "Line {value} has another number of cells than the head and was not read. Check its separators.",
)
ID = Kind("id.empty", "warning", "没有病案标识。请填写 id。", "The stay has no id. Fill it in.")
SEX = Kind(
    "sex.unknown",
    "error",
    "性别“{value}”不是 1（男）或 2（女），请更正。",
    "The sex '{value}' is neither 1 (male) nor 2 (female). Correct it.",
)
AGE = Kind(
    "age.unreadable",
    "error",
    "年龄“{value}”不是不小于 0 的数，请更正。",
    "The age '{value}' is no number of 0 or more. Correct it.",
)
DAYS_MISSING = Kind(
    "age-days.missing",
    "error",
    "不足一岁而没有年龄天数，请填写 age_days。",
    "Less than a year old and no age in days. Fill in age_days.",
)
DAYS = Kind(
    "age-days.unreadable",
    "warning",
    "年龄天数“{value}”不是不小于 0 的数，未采用。",
    "The age in days '{value}' is no number of 0 or more and was not used.",
)
AGE_CONTRADICTS = Kind(
    "age.contradiction",
    "warning",
    "年龄与年龄天数不符（{value}），请核对。",
    "The age and the age in days do not fit ({value}). Compare them.",
)
WEIGHT_MISSING = Kind(
    "weight.missing",
    "error",
    "新生儿（28 天内）没有出生体重，请填写 weight_g。",
    "A newborn (28 days or less) without weight. Fill in weight_g.",
)
WEIGHT = Kind(
    "weight.unreadable",
    "warning",
    "体重“{value}”不是大于 0 的克数，请更正。",
    "The weight '{value}' is no number of grams above 0. Correct it.",
)
LOS = Kind(
    "los.unreadable",
    "warning",
    "住院天数“{value}”不是不小于 0 的数，请核对入出院日期。",
    "The length of stay '{value}' is no number of 0 or more. Compare the dates of admission and discharge.",
)
NO_PRINCIPAL = Kind(
    "dx.principal-empty",
    "error",
    "没有主要诊断，请填写。",
    "There is no principal diagnosis. Fill it in.",
)
UNKNOWN_PRINCIPAL = Kind(
    "dx.principal-unknown",
    "error",
    "主要诊断“{value}”不在本方案的编码和映射表里，请改用医保版编码或补映射。",
    "The principal diagnosis '{value}' is neither a code of this scheme nor in its map. Use the edition's code or "
    "map it.",
)
GREY = Kind(
    "dx.principal-grey",
    "warning",
    "主要诊断“{value}”不属于任何 MDC（灰码），请选更具体的编码。",
    "The principal diagnosis '{value}' belongs to no MDC (a grey code). Choose a more specific one.",
)
UNKNOWN_DX = Kind(
    "dx.unknown",
    "warning",
    "其他诊断“{value}”不在本方案的编码和映射表里，未参与分组。",
    "The secondary diagnosis '{value}' is neither a code of this scheme nor in its map; it took no part.",
)
NO_MAIN_PROC = Kind(
    "proc.main-empty",
    "warning",
    "列有手术而主要手术为空，请核对次序。",
    "Procedures are listed and the main one is empty. Check their order.",
)
UNKNOWN_PROC = Kind(
    "proc.unknown",
    "warning",
    "手术操作“{value}”不在本方案的编码和映射表里，未参与分组。",
    "The procedure '{value}' is neither a code of this scheme nor in its map; it took no part.",
)
SEX_CONTRADICTS = Kind(
    "sex.contradicts-diagnosis",
    "warning",
    "性别与主要诊断“{value}”不符，请核对。",
    "The sex does not fit the principal diagnosis '{value}'. Compare them.",
)
NO_GROUP = Kind(
    "group.none",
    "warning",
    "主要诊断“{value}”所在的 MDC 里没有一个组符合。用 --explain 可看原因。",
    "No group of the MDCs of the principal diagnosis '{value}' fits. --explain shows why.",
)
QY = Kind(
    "group.unrelated-procedure",
    "warning",
    "手术与主要诊断无关，入歧义组 {value}，请核对主要诊断与主要手术。",
    "The procedure is unrelated to the principal diagnosis: group {value}. Compare the two.",
)

PROBLEMS: tuple[Kind, ...] = (
    CELLS, ID, SEX, AGE, DAYS_MISSING, DAYS, AGE_CONTRADICTS, WEIGHT_MISSING, WEIGHT, LOS, NO_PRINCIPAL,
    UNKNOWN_PRINCIPAL, GREY, UNKNOWN_DX, NO_MAIN_PROC, UNKNOWN_PROC, SEX_CONTRADICTS, NO_GROUP, QY,
)  # fmt: skip
BIT = {kind.code: 1 << n for n, kind in enumerate(PROBLEMS)}
ERRORS = sum(BIT[kind.code] for kind in PROBLEMS if kind.severity == "error")


def bits_of(codes: Iterable[str]) -> int:
    return sum(BIT[code] for code in set(codes))


def codes_of(bits: int) -> list[str]:
    """The codes of a set of bits, in the order of `PROBLEMS`."""
    return [code for code, bit in BIT.items() if bits & bit]


def shown(bits: int) -> str:
    """As it is written into the column `problems`."""
    return "|".join(codes_of(bits))
