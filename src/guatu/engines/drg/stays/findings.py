"""What can be wrong with the row of a stay. An error takes the row out of the sums and counts it; a warning
does not."""

from guatu.core.kernel.finding import Kind

LINE_BROKEN = Kind(
    "drg.line-broken",
    "error",
    "第 {line} 行有 {cells} 格，应为 {wanted} 格；未读入",
    "line {line} has {cells} cells and not {wanted}; it was not read",
)
NO_COLUMN = Kind(
    "drg.column-missing",
    "error",
    "表中没有 {name} 列；请补上该列（现有：{has}）",
    "the table has no column {name}; add it (it has: {has})",
)
NO_ID = Kind("drg.stay-id-missing", "error", "没有病例号；请补上", "the stay has no id; add it")
DUPLICATE = Kind(
    "drg.stay-duplicate",
    "error",
    "病例号 {value} 已在第 {first} 行出现；只计第一次出现的一行，请核对",
    "id {value} stands in row {first} already; only the first row counts, check which is right",
)
NO_HOSPITAL = Kind("drg.hospital-missing", "error", "没有医院代码；请补上", "the stay names no hospital; add its code")
UNKNOWN_HOSPITAL = Kind(
    "drg.hospital-unknown",
    "error",
    "医院代码 {value} 不在医院表中；请核对代码或补入医院表",
    "hospital {value} is not in the table of hospitals; correct the code or add the hospital",
)
NO_GROUP = Kind(
    "drg.group-missing",
    "error",
    "没有病组；请先分组，未入组的写 0000",
    "the stay has no group; group it first (0000: not grouped)",
)
UNKNOWN_GROUP = Kind(
    "drg.group-without-weight",
    "warning",
    "病组 {value} 没有权重（不在权重表中或病组不稳定），点数按费用折算；请核对病组",
    "group {value} has no weight (not in the table, or not stable): points are made from cost; check the group",
)
BAD_COST = Kind(
    "drg.amount-unreadable",
    "error",
    "{field} 的“{value}”不是以元计、不到十亿、至多两位小数的金额；请改正",
    "{field} '{value}' is no amount in yuan below a thousand million with at most two decimals; correct it",
)
NEGATIVE = Kind(
    "drg.amount-negative",
    "error",
    "{field} 为负（{value}）；请核对退费是否已并入原病例",
    "{field} is below zero ({value}); check whether a refund was booked as a stay of its own",
)
FUND_OVER_COST = Kind(
    "drg.fund-over-cost",
    "error",
    "基金支付 {value} 超过总费用 {cost}；请核对",
    "the fund's part {value} exceeds the whole cost {cost}; check both",
)
BAD_DATE = Kind(
    "drg.date-unreadable",
    "error",
    "{field} 的“{value}”不是日期；请写成 2026-03-01 的样子",
    "{field} '{value}' is no date; write it like 2026-03-01",
)
REVERSED = Kind(
    "drg.dates-reversed",
    "error",
    "出院日期 {value} 早于入院日期 {admitted}；请核对",
    "discharged {value}, before the admission of {admitted}; check both dates",
)
OUTSIDE_TIME = Kind(
    "drg.discharge-outside",
    "error",
    "出院日期 {value} 不在 {first} 至 {last} 之内；请核对日期或换对应年度的参数",
    "discharged {value}, not between {first} and {last}; check the date, or use the parameters of that year",
)
NO_LEVEL = Kind(
    "drg.threshold-missing",
    "error",
    "没有适用于等级“{value}”、该病组基准点数的高倍率界限；请补全参数 high_thresholds",
    "high_thresholds has no row for level '{value}' and these base points; complete it",
)
ZERO_COST = Kind(
    "drg.cost-zero", "warning", "总费用为 0，点数为 0；请核对", "the cost is 0, and so are the points; check it"
)
NO_HISTORY = Kind(
    "drg.hospital-without-history",
    "warning",
    "医院 {value} 没有历史数据，系数按 1 计",
    "hospital {value} has no history: its coefficients are 1",
)
