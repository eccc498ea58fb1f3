"""What can be wrong with a file of parameters: at its line and key, with what to do."""

from guatu.core.kernel.finding import Kind

NOT_TOML = Kind(
    "drg.parameters-unreadable",
    "error",
    "不是合格的 TOML：{reason}。请按所示位置改正",
    "not valid TOML: {reason}. Mend the place that is named",
)
MISSING_KEY = Kind("drg.parameters-key-missing", "error", "缺少 {key}；请补上", "{key} is missing; add it")
BAD_VALUE = Kind(
    "drg.parameter-value",
    "error",
    "{key} 的值“{value}”不对：应为{wanted_zh}",
    "{key} cannot be '{value}': it takes {wanted_en}",
)
UNKNOWN = Kind(
    "drg.parameter-unknown",
    "error",
    "没有参数 {key}；可用的参数见文档，最接近的是 {like}",
    "there is no parameter {key}; the nearest is {like}",
)
NOT_SET = Kind(
    "drg.parameter-missing",
    "error",
    "{key}（{zh}）在 {day} 没有取值；请补一条当日有效的取值",
    "{key} ({en}) has no value on {day}; add an entry that holds on that day",
)
OVERLAP = Kind(
    "drg.parameter-overlap",
    "error",
    "{key} 在 {day} 有两条取值；请改有效期，使其不重叠",
    "{key} has two values on {day}; change their dates so that they do not overlap",
)
NO_SOURCE = Kind(
    "drg.parameter-source", "error", "{key} 没有写明出处；请补 source", "{key} names no source; add `source`"
)
REVERSED = Kind(
    "drg.parameter-dates",
    "error",
    "{key} 的有效期 {start} 至 {to} 首尾颠倒或越出整套参数的有效期；请改正",
    "{key} holds from {start} to {to}, which is reversed or outside of the set; correct it",
)
UNVERIFIED = Kind(
    "drg.parameter-unverified",
    "warning",
    "{key}（{zh}）的取值未与文件原文核对：{source}",
    "{key} ({en}) has not been checked against the standard itself: {source}",
)
NOT_APPROVED = Kind(
    "drg.parameters-not-approved",
    "error",
    "这套参数（{version}）只有 {count} 人批准，结算须有两个不同的人批准同一内容（指纹 {digest}）；模拟不受限制",
    "the set {version} is approved by {count} people; settling needs two different people who approved the same "
    "content "
    "(digest {digest}); simulation needs none",
)
KEY_UNKNOWN = Kind(
    "drg.parameter-key-unknown",
    "error",
    "{key} 中的“{name}”不是可用的项，不会有任何作用；可用的有 {known}，最接近的是 {like}",
    "'{name}' of {key} is no key and would do nothing; keys are {known}, the nearest is {like}",
)
CONTRADICTION = Kind(
    "drg.parameter-contradiction",
    "error",
    "{key} 的取值（{values}）相互矛盾：{zh}；请改正",
    "{key} do not fit each other ({values}): {en}; correct them",
)
