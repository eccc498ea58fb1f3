"""What the loader has to say about a scheme. An error refuses it, a warning does not."""

from guatu.core.kernel.finding import Kind

FOLDER = Kind("scheme.folder", "error", "{name}：没有这个文件夹。", "{name}: there is no such folder.")
TABLE_MISSING = Kind("scheme.table-missing", "error", "缺少这张表。", "The table is missing.")
COLUMNS = Kind(
    "scheme.columns",
    "error",
    "列不对：缺少 {missing}，多出 {extra}。",
    "Wrong columns: missing {missing}, extra {extra}.",
)
CELLS = Kind(
    "scheme.cells",
    "error",
    "这一行有 {cells} 格，应为 {wanted} 格。",
    "This row has {cells} cells, {wanted} are wanted.",
)
ENCODING = Kind("scheme.encoding", "error", "不是 UTF-8 文字，请另存为 UTF-8。", "Not UTF-8: save it as UTF-8.")
MANIFEST = Kind("scheme.manifest", "error", "{key} 不对：{reason}。", "{key} is wrong: {reason}.")
CHANGE = Kind(
    "scheme.change",
    "error",
    "改动“{change}”不成立：{key}（add 要求原来没有，remove、replace 要求原来有）。",
    "The change '{change}' does not fit: {key} (add wants it absent from the base, remove and replace want it there).",
)
REPEATED = Kind(
    "scheme.row-repeated",
    "warning",
    "与第 {first} 行重复：{key}。请删去一行。",
    "Repeats line {first}: {key}. Remove one of them.",
)
CONFLICT = Kind(
    "scheme.row-conflict",
    "error",
    "与第 {first} 行相同的键、不同的内容：{key}。请改成一行。",
    "Same key as line {first}, other content: {key}. Make them one.",
)
VALUE = Kind(
    "scheme.value",
    "error",
    "“{value}”不能用，应为：{allowed}。",
    "'{value}' cannot be used; wanted: {allowed}.",
)
REFERENCE = Kind(
    "scheme.reference",
    "error",
    "{table}.tsv 里没有“{value}”。",
    "'{value}' is not in {table}.tsv.",
)
RULE = Kind(
    "scheme.rule",
    "error",
    "“{rule}”不是能识别的规则。",
    "'{rule}' is no known rule.",
)
RULE_NEEDS = Kind(
    "scheme.rule-needs",
    "error",
    "{adrg} 的规则 {rule} 需要 {needs}，表里没有，永远不会成立。",
    "The rule {rule} of {adrg} needs {needs}, which no table has: it can never hold.",
)
ORDER_REPEATED = Kind(
    "scheme.order-repeated",
    "error",
    "次序 {order} 在 {owner} 里已用于 {other}。",
    "The order {order} in {owner} is that of {other} already.",
)
ORDER_GAP = Kind(
    "scheme.order-gap",
    "warning",
    "{owner} 的次序缺 {missing}。",
    "The order of {owner} leaves out {missing}.",
)
ORDER_PARTITION = Kind(
    "scheme.order-partition",
    "warning",
    "{adrg}（{partition}）排在 {before} 之后；应先外科、再操作、后内科。",
    "{adrg} ({partition}) comes after {before}; surgical comes first, then procedure, then medical.",
)
NO_DRG = Kind("scheme.no-drg", "error", "{adrg} 没有 DRG。", "{adrg} has no DRG.")
NO_LAST = Kind(
    "scheme.no-last-drg",
    "error",
    "{adrg} 的 DRG 没有一个条件为 any，有的病案会落空。",
    "No DRG of {adrg} has the condition any: some stays would fall through.",
)
DRG_UNREACHED = Kind(
    "scheme.drg-unreached",
    "warning",
    "{drg} 排在 {before} 之后，永远轮不到。",
    "{drg} comes after {before} and is never reached.",
)
UNREACHABLE = Kind(
    "scheme.dx-unreachable",
    "warning",
    "{adrg} 的 {dx} 不在 MDC {mdc} 的诊断表里，永远不会入组。",
    "{dx} of {adrg} is not among the diagnoses of MDC {mdc}: the pair can never match.",
)
SHADOWED = Kind(
    "scheme.code-shadowed",
    "warning",
    "{code} 同在 {first} 与 {adrg}；{first} 先试，{adrg} 轮不到。",
    "{code} is in {first} and in {adrg}; {first} is tried first, {adrg} is not reached by it.",
)
SET_UNUSED = Kind(
    "scheme.set-unused",
    "warning",
    "{adrg} 的规则不看第 {set} 组手术。",
    "The rule of {adrg} does not look at set {set}.",
)
LIST_UNUSED = Kind(
    "scheme.list-unused",
    "warning",
    "{adrg} 的规则不看诊断表。",
    "The rule of {adrg} does not look at its diagnoses.",
)
COUNT = Kind(
    "scheme.count",
    "warning",
    "{column} 写 {written}，实有 {found}。",
    "{column} says {written}; there are {found}.",
)
BOTH_CC = Kind(
    "scheme.cc-and-mcc",
    "error",
    "{dx} 既在 cc.tsv 又在 mcc.tsv。",
    "{dx} is in cc.tsv and in mcc.tsv.",
)
NO_NAME = Kind(
    "scheme.no-name",
    "warning",
    "{code} 在 {table}.tsv 里没有名称。",
    "{code} has no name in {table}.tsv.",
)
EXCLUSION = Kind(
    "scheme.exclusion-unknown",
    "warning",
    "排除表 {table} 在 exclusion.tsv 里没有，等于从不排除。",
    "exclusion.tsv has no table {table}: it excludes nothing.",
)
