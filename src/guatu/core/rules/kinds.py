"""What can be wrong with a rule that can be read, found against its vocabulary before it is published."""

from guatu.core.kernel.finding import Kind

UNKNOWN_NAME = Kind(
    "rule.unknown-name",
    "error",
    "没有叫“{name}”的事实,最接近的是“{nearest}”;可用的有 {known}",
    "there is no fact “{name}”, the nearest is “{nearest}”; there are {known}",
)
TYPES_DIFFER = Kind(
    "rule.types-differ",
    "error",
    "“{left}”是{left_zh},“{right}”是{right_zh},不能相比;请改成同一类",
    "“{left}” is a {left_en} and “{right}” a {right_en}: they cannot be compared; write both as one type",
)
NO_CHOICE = Kind(
    "rule.no-choice",
    "error",
    "“{name}”没有“{value}”这个值;可用的有 {choices}",
    "“{name}” has no value “{value}”; there are {choices}",
)
RATIO_AS_PERCENT = Kind(
    "rule.ratio-as-percent",
    "warning",
    "“{name}”是比率,{value} 即 {percent}%;如指 {value}%,请写 {ratio}",
    "“{name}” is a ratio: {value} is {percent} %; write {ratio} where {value} % is meant",
)
PERCENT_AS_RATIO = Kind(
    "rule.percent-as-ratio",
    "warning",
    "“{name}”以百分数计,{value} 即 {value}%;如指 {percent}%,请写 {percent}",
    "“{name}” is in per cent: {value} is {value} %; write {percent} where {percent} % is meant",
)
UNITS_DIFFER = Kind(
    "rule.units-differ",
    "warning",
    "“{left}”的单位是 {left_unit},“{right}”的单位是 {right_unit};请先换算",
    "“{left}” is in {left_unit} and “{right}” in {right_unit}; convert one of them",
)
EMPTY_RANGE = Kind(
    "rule.empty-range",
    "error",
    "区间从 {low} 到 {high} 没有值;请把小的写在前面",
    "the range from {low} to {high} has no value; write the lower end first",
)
NO_ORDER = Kind(
    "rule.no-order",
    "error",
    "“{of}”是{zh},没有大小先后;请用 =、!= 或 in",
    "“{of}” is a {en}, which has no order; use =, != or in",
)
LIST_COMPARED = Kind(
    "rule.list-compared",
    "error",
    "“{of}”是列表,不能整个相比;请写 … in {of}",
    "“{of}” is a list, which is not compared as a whole; write … in {of}",
)
NO_TRUTH = Kind(
    "rule.no-truth-value",
    "error",
    "“{of}”是{zh},不是条件;请写成比较",
    "“{of}” is a {en} and no condition; write a comparison",
)
NO_ARITHMETIC = Kind(
    "rule.no-arithmetic",
    "error",
    "{left_zh}“{left}”和{right_zh}“{right}”不能用 {sign} 运算;请改正",
    "{sign} cannot be applied to the {left_en} “{left}” and the {right_en} “{right}”; correct it",
)
