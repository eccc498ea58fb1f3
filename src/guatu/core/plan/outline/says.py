"""What an item says: whether it sets something to be done, or defines, scores, remarks or names recipients.

An item that names units is assigned to them, whatever its words; these tables are asked where none are named.
"""

import re
from typing import Final, Literal

from guatu.core.kernel.regex import regex

Saying = Literal["definition", "scoring", "remark", "recipient", "question", "contact", "standard", "guide"]

_DEFINITION: Final = {
    r"[,:](?:是)?指(?![导标定挥南派数示引明])": "绿化率:指绿化面积与总面积之比。",
    r"^[^。,:]{2,30}(?:主要)?是指": "绿化率是指绿化面积与总面积之比。",
    r"(?:计算|考核)(?:公式|方法|口径) ?[:为]": "计算公式:绿化面积/总面积×100%",
    r"(?:指标|名词)?(?:解释|定义|含义|释义|内涵)(?:及说明)? ?:": "指标解释:绿化面积与总面积之比。",
    r"指标说明 ?:": "指标说明:绿化面积与总面积之比。",
    r"(?:统计|计算)口径 ?[:为]": "统计口径:全县范围。",
    r"数据来源 ?[:为]": "数据来源:县统计局年报。",
    r"[【\[](?:政策|法律|法规|文件)依据[】\]]": "[政策依据]《青禾县造林办法》",
    r"[【\[](?:享受|适用)(?:主体|对象|条件)[】\]]": "1.减免租金 [适用对象]承租县属房屋的企业",
    r"^ ?[A-Za-z]{1,3}\d? ?(?:为|是|表示|代表)": "1.R为半径",
    r"[×xX*] ?100 ?%": "绿化率=绿化面积÷总面积×100%",
}
_SCORING: Final = {
    r"(?:得|计|扣|加|减|奖) ?\d+(?:\.\d+)? ?分": "每少1个百分点扣1分。",
    r"不(?:得|计)分": "未完成的不得分。",
    r"扣完为止": "每次扣2分,扣完为止。",
    r"\((?:满分)? ?\d+(?:\.\d+)? ?分\)": "招商引资(20分)。",
    r"(?:满分|分值|权重)[为:]? ?\d": "本项满分为20分。",
}
_REMARK: Final = {
    r"^(?:注|备注|说明|填表说明) ?\d? ?[:：]": "注:本表一式两份。",
}
_RECIPIENT: Final = {
    r"^(?:主送|抄送|分送|发送|联系人|联系电话|联系方式|传真|邮编) ?[:：]": "抄送:县委办公室。",
}
_QUESTION: Final = {
    r"^[^。;!:]{4,80}\?": "1.哪些企业可以申请补贴?",
}
_CONTACT: Final = {
    r"(?:电话|热线|传真|手机|邮箱|微信)[^。;\d]{0,12}\d[\d-]{2}": "1.县慈善会 李明 电话:0101-12345",
    r"(?:联系人|联系地址|收件地址|邮寄地址|办公地址) ?:": "2.县医院 联系地址:人民路1号",
    r"邮[件箱](?:地址)? ?:?[^。;]{0,40}@": "1.电子邮箱 qinghe@example.com",
}
_STANDARD: Final = {
    r"(?:符合|执行|采用|标准)[^。\u4e00-\u9fff]{0,12}(?:[\u4e00-\u9fff]{2} ?)?[A-Za-z]{2,5}(?:/T)? ?\d{3,6}": (
        "1.防护服:符合GB 19082-2009"
    ),
    r"[:, ][\u4e00-\u9fff]{0,4}[A-Z]{2,6}\d{0,6}(?:标准|认证)": "2.口罩:欧洲FFP2标准",
}
_MATTER: Final = "(?:(?:受理|申请|申报|办理|审批|报名|审查|咨询)?(?:条件|材料|资料|流程|程序|时间|时限|方式|地点|地址|部门|窗口|标准|渠道|电话|要件))"
_LABEL: Final = regex(
    rf" ?(?=受理|申请|申报|办理|审批|报名|审查|咨询){_MATTER}(?:[及和与、]{_MATTER})*(?=[:。(\n]| *$| (?=[\u4e00-\u9fff\d]))"
)
"""(一)受理条件及办理时间: what somebody who applies for something has to know."""
_OPENED: Final = regex(r"开通|设立|公布|公开|畅通|整合")
"""开通服务热线0101-12345 orders something; a bare telephone does not."""
_FIRST_WORDS: Final = 80
_LONGEST: Final = 400
"""So much of an item is looked at."""

_SAYINGS: Final[tuple[tuple[Saying, re.Pattern[str]], ...]] = (
    ("recipient", regex("|".join(_RECIPIENT))),
    ("remark", regex("|".join(_REMARK))),
    ("scoring", regex("|".join(_SCORING))),
    ("definition", regex("|".join(_DEFINITION))),
    ("question", regex("|".join(_QUESTION))),
)
_FIRST_SAYINGS: Final[tuple[tuple[Saying, re.Pattern[str]], ...]] = (
    ("contact", regex("|".join(_CONTACT))),
    ("standard", regex("|".join(_STANDARD))),
)
"""What the first sentence of an item says; further down telephones and standards stand in tasks as well."""

_NAMED: Final = r"《[^《》\n]{4,150}(?:《[^《》\n]*》[^《》\n]*)?》"
_CITED: Final = regex(
    rf"(?:[\u4e00-\u9fff、 ]{{2,60}})?{_NAMED} ?(?:\([^()]*(?:\([^()]*\)[^()]*)?\) ?)?"
    r"(?:第[一二三四五六七八九十百]+[条款项章])*(?:附件)?[。;,]? *(?=$|\n| )"
)
"""1.《青禾县造林办法》(青政发〔2024〕3号)第三条: an item that is the name of a document and nothing else."""
_ORDERS: Final = regex(
    r"编制|制定|起草|修订|落实|执行|贯彻|印发|出台|宣传|学习|完善|签订|按照|根据|依据|对照|填写|发放"
)
_PERSON: Final = regex(r"[\u4e00-\u9fff]{1,2} {0,3}[\u4e00-\u9fff]{1,2} +[\u4e00-\u9fff][^。;:]{1,48}$")
_FEWEST_PERSONS: Final = 3
_MOSTLY: Final = 0.7

_EXPLAINING: Final = {
    "指标解释": "附件2 考核指标解释",
    "指标说明": "附件2 指标说明",
    "释义": "附件2 考核指标释义",
    "内涵": "附件2 指标内涵",
    "名词解释": "附件3 名词解释",
    "计算方法": "附件2 指标计算方法",
    "评分": "附件3 考核评分标准",
    "计分": "附件3 考核计分办法",
    "填报说明": "附件4 报表填报说明",
    "填表说明": "附件4 填表说明",
    "联系方式": "附件5 联系人及联系方式",
    "经验做法": "附件 典型经验做法",
    "名单": "附件1 领导小组成员名单",
    "承诺书": "附件2 企业承诺书",
    "申请书": "附件2 资金申请书",
    "样式": "附件3 标牌样式",
    "模板": "附件3 报告模板",
}
"""Titles of annexes and sections that set nothing to be done, each with an example."""
_EXPLAINS: Final = regex("|".join(_EXPLAINING))

_RECORD: Final = {
    "问题": "1.存在问题:污水直排。",
    "整改目标": "2.整改目标:达标排放。",
    "整改措施": "3.整改措施:修建管网。",
    "整改任务": "3.整改任务:修建管网。",
    "整改要求": "3.整改要求:达标排放。",
    "整改内容": "3.整改内容:修建管网。",
    "整改时限": "5.整改时限:2024年6月底前。",
    "整改时间": "5.整改时间:2024年6月底前。",
    "整改期限": "5.整改期限:2024年6月底前。",
    "完成时限": "5.完成时限:2024年6月底前。",
    "完成时间": "5.完成时间:2024年6月底前。",
    "办结时限": "5.办结时限:2024年6月底前。",
    "责任单位": "4.责任单位:县水利局",
    "牵头单位": "4.牵头单位:县水利局",
    "配合单位": "4.配合单位:县财政局",
    "整改单位": "4.整改单位:县水利局",
    "责任部门": "4.责任部门:县水利局",
    "责任人": "4.责任人:李明",
    "责任领导": "4.责任领导:李明",
    "验收单位": "6.验收单位:县生态环境局",
    "督导单位": "6.督导单位:县生态环境局",
    "工作目标": "2.工作目标:全面达标。",
    "工作措施": "3.工作措施:修建管网。",
    "工作内容": "3.工作内容:修建管网。",
}
"""Parts of one record of a list of things to put right: together they are one task, none is a task alone."""
_RECORD_LABEL: Final = regex(rf"(?:[\u4e00-\u9fff]{{0,4}})(?:{'|'.join(_RECORD)})[\u4e00-\u9fff]{{0,2}}$")
_NAMED_UNITS: Final = regex("单位|部门|时限|时间|期限|责任人|责任领导")


def saying(text: str) -> Saying | None:
    """What the words of an item are, where they set nothing to be done."""
    text = text[:_LONGEST]
    if _LABEL.match(text):
        return "guide"
    found = next((name for name, pattern in _SAYINGS if pattern.search(text)), None)
    first = text[:_FIRST_WORDS].partition("。")[0].partition(";")[0]
    if found or _OPENED.search(first):
        return found
    return next((name for name, pattern in _FIRST_SAYINGS if pattern.search(first)), None)


def is_citation(text: str) -> bool:
    """Whether the words of an item are the name of a document and nothing else: what a measure is based on."""
    cited = _CITED.match(text) if "《" in text[:_LONGEST_ISSUERS] else None
    return cited is not None and not _ORDERS.search(text, 0, text.index("《"))


_LONGEST_ISSUERS: Final = 64


def is_roster(text: str) -> bool:
    """Whether an item is a list of persons and their posts, one a line."""
    if text.count("\n") < _FEWEST_PERSONS:
        return False
    lines = text.split("\n")[1:]
    persons = sum(_PERSON.match(line.strip()) is not None for line in lines)
    return persons >= _FEWEST_PERSONS and persons >= _MOSTLY * len(lines)


def explains(title: str) -> bool:
    """Whether a title announces definitions, scores, names, forms, or how to apply for something."""
    return bool(_EXPLAINS.search(title) or _LABEL.match(title))


def is_record_part(title: str) -> bool:
    """Whether a heading is the label of one part of a record."""
    return len(title) <= 10 and bool(_RECORD_LABEL.match(title))


def names_owner(title: str) -> bool:
    """Whether such a label says who or by when: what makes its neighbours parts of one record."""
    return bool(_NAMED_UNITS.search(title))
