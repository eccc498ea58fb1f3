"""The words that heads of columns are made of, and what names of units and times look like from outside.

Data, not rules: a head that is met and not known gets a line here with an example, and every table gains.
"""

from functools import lru_cache
from typing import Final, Literal, NamedTuple

from guatu.core.kernel.regex import regex

ColumnKind = Literal[
    "number",
    "group",
    "task",
    "name",
    "lead",
    "responsible",
    "support",
    "person",
    "deadline",
    "target",
    "year",
    "measure",
    "money",
    "score",
    "progress",
    "basis",
    "contact",
    "remark",
    "place",
    "unknown",
]


class HeadWords(NamedTuple):
    """Words of a head and the column they announce; `example` is a head that has them."""

    kind: ColumnKind
    words: str
    example: str


HEADS: Final[tuple[HeadWords, ...]] = (
    HeadWords("number", r"^(?:序号?|编号|项次|行次|顺序|No\.?)$", "序号"),
    HeadWords("year", r"^20\d\d年?(?:度|[底末])?(?:目标|任务|计划|指标)?(?:值|数|量)?(?:\(.*\))?$", "2025年目标值"),
    HeadWords("year", r"^(?:年度|年份)$", "年度"),
    HeadWords("score", r"分值|得分|权重|评分|扣分|标准分|赋分|计分", "分值"),
    HeadWords("contact", r"电话|手机|联系方式|邮箱", "联系电话"),
    HeadWords("person", r"(?:领导|责任人|联系人|联络[员人]|负责人|人员|姓名|包[保联抓])(?:\(.*\))?$", "责任县领导"),
    HeadWords("lead", r"牵头|主办|主责|第一责任|首要责任", "牵头单位"),
    HeadWords("support", r"配合|协办|协同|参与|参加|协助|会办", "配合单位"),
    HeadWords("responsible", r"责任(?:单位|部门|主体|科室|处室|机构|乡镇|分工)|^责任$", "责任单位"),
    HeadWords(
        "responsible",
        r"(?:实施|承办|落实|承担|负责|建设|执行|推进|主管|指导|申报|承接|完成|项目|对接|受理|办理|经办)(?:单位|部门|主体|科室|处室|机构)|^主体$",
        "实施主体",
    ),
    HeadWords(
        "responsible", r"^(?:部门|乡镇|县直部门|有关部门|乡镇\(街道\)|(?:县|市)直单位|归口(?:单位|部门))$", "县直部门"
    ),
    HeadWords("progress", r"进展|完成情况|落实情况|推进情况|目前|当前|存在(?:的)?问题$", "进展情况"),
    HeadWords("deadline", r"时限|期限|节点|年限|(?:完成|开工|竣工|整改|办结|起止|计划|实施)(?:时间|日期)", "完成时限"),
    HeadWords("deadline", r"^(?:时间|日期|进度)(?:安排|要求|进度)?$|(?:进度|时间|时序)(?:安排|要求|计划)", "进度安排"),
    HeadWords("basis", r"依据|出处|来源文件|文号", "政策依据"),
    HeadWords(
        "place",
        r"^(?:各?(?:[省市州县区乡镇]|县区|市县|县市区|镇街|乡镇街道)(?:份|别)?(?:\([省市州县区乡镇、街道旗]{1,9}\))?|街道|行政村|社区|片区|学校|林场|园区"
        r"|(?:乡镇|街道|镇街|县区|村|社区|学校|林场|园区|企业)名称?)$",
        "县(市、区)",
    ),
    HeadWords("target", r"(?:任务|计划|目标|指标|控制|分配)(?:数|量|总量|面积)(?:\(.*\))?$", "任务数(人)"),
    HeadWords("task", r"^(?!.*(?:目标|要求|标准)).*(?:任务|内容|事项|措施|举措|实事|做法)", "重点任务"),
    HeadWords("measure", r"^(?:计量)单位$", "计量单位"),
    HeadWords("money", r"资金|投资|金额|经费|预算|造价|概算|估算|\(万?元\)$", "总投资(万元)"),
    HeadWords("name", r"^(?:主要|考核|具体|核心|绩效|评价|任务)?指标(?:名称|内容)?$", "考核指标"),
    HeadWords("target", r"目标|指标|标准|成效|成果|要求|数量|规模|工程量|任务量|产出", "年度目标"),
    HeadWords("task", r"项目|工程|清单|名称|行动|问题|工作", "项目名称"),
    HeadWords("group", r"类别|类型|种类|领域|方面|分类|专项|大项|板块|一级|阶段", "类别"),
    HeadWords(
        "place",
        r"^(?:地区|省份|市州|州市|县区|区县|市县|县市区|[省市州县区乡镇村]名称?|乡镇名称)$|地点|位置|地址|区域|范围|点位",
        "建设地点",
    ),
    HeadWords("remark", r"备注|说明|^注$", "备注"),
)
"""The first that fits decides: 牵头领导 is a person, 目标任务 a goal, which names the tasks where no other column does."""
_LONGEST_HEAD: Final = 18
UNIT_NAME: Final = regex(
    r"(?:各[县市区州旗()、]{1,10}|[银支分人农工中建商发]行|局|委|委办|办|部|厅|处|室|科|股|队|府|镇|乡|街道|村|社区|园区|开发区"
    r"|公司|集团|企业|中心|院|校|站|所|会|联|馆|台|社|场|网格|部门|单位"
    r"|县区|区县|党组|专班|领导小组)(?:\([^()]*\)|等)?$"
)
NOBODY: Final = regex(r"[-/\\—－无*xX×]*$")
"""A cell that says that there is nothing."""
REMARK: Final = regex(r"(?:备 ?注|说 ?明|注|附注|填表说明|制表人?)(?:[:：\d.]|$)")
"""The beginning of a row that says something about its table."""
LONGEST_NAME: Final = 26
STANDING: Final = regex(
    r"(?:长期|持续|常态化?|全年|立行立改|立即整改|即知即改|按时|即时|每[年月季周日天]|年度)(?:推进|坚持|实施|开展|进行|落实|完成)?"
)


@lru_cache(maxsize=4096)
def kind_of_head(head: str) -> ColumnKind:
    """The kind of column that a head without blanks announces; `unknown` where its words are not known."""
    if not head or len(head) > _LONGEST_HEAD:
        return "unknown"
    return next((kind for kind, pattern in _PATTERNS if pattern.search(head)), "unknown")


_PATTERNS: Final = tuple((entry.kind, regex(entry.words)) for entry in HEADS)
