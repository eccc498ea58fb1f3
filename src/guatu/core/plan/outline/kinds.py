"""What a section is for: goals, tasks, principles, safeguards, phases."""

import re

from guatu.core.plan.model import SectionKind

# In this order: 任务保障 is a safeguard, 工作任务和目标 a task.
_KINDS: tuple[tuple[SectionKind, re.Pattern[str]], ...] = (
    (
        "safeguard",
        re.compile(
            r"保障|组织(?:领导|实施|推进|管理|机构|体系|机制)|(?:工作|有关|相关|具体|几点|几项)要求|^要求|监督(?:检查|管理|考核)|督(?:查|导|办|促)(?:考核|检查|问责|落实|"
            r"指导|督办)|考(?:核|评)(?:评价|奖惩|验收|办法|问责|评比)|附则|奖惩|纪律要求|抓好落实|加强领导|加强组织"
        ),
    ),
    (
        "phase",
        re.compile(
            r"步骤|(?:时间|进度|阶段|时序|工作|步骤|年度|活动|会议)安排|年度(?:任务|计划)$|时间(?:节点|进度|表)|阶段$|实施(?:阶段|进度)"
        ),
    ),
    ("task", re.compile(r"任务|(?:建设|工作|实施|试点|创建|整治|行动|主要|改革|重点|服务|项目|工程)内容")),
    ("goal", re.compile(r"目标|预期(?:效果|成效|指标)|主要指标")),
    (
        "task",
        re.compile(
            r"(?:工作|具体|主要|重点|政策|实施|推进|行动|支持|对策|任务)(?:措施|举措)|^措施|举措|重点(?:工作|项目|工程|领域|事项|行动|环节)|工作重点|具体(?:做法|安排|工作|"
            r"内容|事项)|(?:主要|专项)(?:工作|做法|行动|工程)|工作(?:计划|事项|安排)|项目(?:实施|建设|安排)$|(?:实施|建设)(?:路径|项目|重点)"
        ),
    ),
    (
        "principle",
        re.compile(
            r"指导思想|原则|总体(?:思路|要求|考虑|部署)|(?:工作|基本|发展)思路|战略定位|意义|背景|认识|总则|依据|现状|形势|(?:工作|现有|发展)基础|思路$"
        ),
    ),
    (
        "other",
        re.compile(
            r"^(?:基本)?(?:条件|情况)$|基本(?:条件|情况)|适用|范围|对象|资金(?:筹措|来源|安排|拨付|管理)|资金使用|名词|解释|职责|分工$|机构设置|申报|验收|附件|联系|主题|目的|形式"
        ),
    ),
)


def section_kind(title: str) -> SectionKind | None:
    """Kind of a section by its title; None where the title names a field of work."""
    for kind, pattern in _KINDS:
        if pattern.search(title):
            return kind
    return None
