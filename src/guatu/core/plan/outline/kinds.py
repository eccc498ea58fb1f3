"""What a section is for, by its title: goals, tasks, principles, safeguards, phases.

The title is a first guess. What the items of a section say and the units that they name count more (`sections.py`).
"""

import re
from collections.abc import Iterable
from typing import Final

from guatu.core.kernel.regex import regex
from guatu.core.plan.model import SectionKind


def _of(befores: str, *behinds: str) -> list[str]:
    """Each word of `befores` with each of `behinds`."""
    return [before + behind for before in befores.split() for behind in behinds]


# Words of titles, in the order in which they are looked for: 任务保障 is a safeguard, 工作任务和目标 a task.
_SAFEGUARD: Final = [
    "(?<!社会)保障(?:措施|机制|体系|工作)",  # 五、保障措施; 社会保障措施 is a field of work
    *_of(
        "组织 工作 制度 机制 政策 实施 领导 责任 监督 措施 条件 支撑 要素 资金 经费 人才 队伍", "保障"
    ),  # 五、组织保障
    "^(?:强化|加强|完善|健全)?保障(?:$|[和与、])",  # 五、保障和监督, 五、强化保障
    *_of("组织", "领导", "实施", "推进", "管理", "机构", "体系", "机制"),  # 四、组织领导
    *_of("工作 有关 相关 具体 几点 几项 填报 报送", "要求"),  # 五、工作要求
    "^要求",  # 四、要求
    # 六、监督考核; 强化资金监督管理 is a field of work
    *_of("(?:^|工作|组织|加强|强化|严格|完善|健全|落实|[和与、,])监督", "检查", "管理", "考核"),
    *_of("督查 督导 督办", "考核", "检查", "问责", "落实", "指导", "督办"),  # 五、督查考核
    *_of("督促", "考核$", "检查$", "落实$", "指导$"),  # 五、督促检查; 督促企业落实责任 is a field of work
    *_of("考核 考评", "评价", "奖惩", "验收", "办法", "问责", "评比"),  # 六、考核奖惩
    "附则",  # 第五章 附则
    "奖惩",  # 七、奖惩
    "纪律要求",  # 六、纪律要求
    "抓好落实",  # 五、狠抓责任,抓好落实
    *_of("加强", "领导", "组织"),  # (一)加强领导
]
_PHASE: Final = [
    "步骤",  # 四、实施步骤
    *_of("时间 进度 阶段 时序 步骤 年度 活动 会议", "安排"),  # 三、时间安排
    "(?<!重点)(?<!主要)工作安排",  # 三、工作安排; 重点工作安排 names tasks
    *_of("年度", "任务$", "计划$"),  # 三、年度计划
    *_of("时间", "节点", "进度", "表"),  # 四、时间节点
    "阶段$",  # (一)动员阶段
    *_of("实施", "阶段", "进度"),  # 四、实施进度
]
_TASK: Final = [
    "任务",  # 二、主要任务
    *_of("建设 工作 实施 试点 创建 整治 行动 主要 改革 重点 服务 项目 工程", "内容"),  # 三、建设内容
]
_GOAL: Final = [
    "目标",  # (二)工作目标
    *_of("预期", "效果", "成效", "指标"),  # 四、预期成效
    "主要指标",  # 二、主要指标
]
_MEASURE: Final = [
    *_of("工作 具体 主要 重点 政策 实施 推进 行动 支持 对策 任务", "措施", "举措"),  # 三、工作措施
    "^措施",  # 三、措施
    "举措",  # 三、改革举措
    *_of("重点", "工作", "项目", "工程", "领域", "事项", "行动", "环节"),  # 二、重点工作
    "工作重点",  # 二、工作重点
    *_of("具体", "做法", "安排", "工作", "内容", "事项"),  # 三、具体事项
    *_of("主要 专项", "工作", "做法", "行动", "工程"),  # 三、专项行动
    *_of("工作", "计划", "事项", "安排"),  # 三、工作计划
    *_of("项目", "实施$", "建设$", "安排$"),  # 三、项目建设
    *_of("实施 建设", "路径", "项目", "重点"),  # 三、实施路径
]
_PRINCIPLE: Final = [
    "指导思想",  # (一)指导思想
    "原则",  # (二)基本原则
    *_of("总体", "思路", "要求", "考虑", "部署"),  # 一、总体要求
    *_of("工作 基本 发展", "思路"),  # 一、工作思路
    "战略定位",  # (三)战略定位
    "意义",  # 一、重要意义
    "背景",  # 一、背景
    "认识|政治站位",  # 一、提高认识
    "总则",  # 第一章 总则
    "依据",  # 一、编制依据
    "现状",  # 一、现状
    "形势(?:$|任务|分析|要求)",  # 一、面临形势; 根据形势调整措施 orders something
    *_of("工作 现有 发展", "基础"),  # 一、工作基础
    "思路$",  # 一、思路
]
_OTHER: Final = [
    *_of("^ ^基本", "条件$"),  # 一、申报条件
    "情况$",  # 一、基本情况, 二、上年工作情况
    "趋势$",  # 一、今年雨情趋势
    "成因(?:分析)?$",  # 二、险情成因分析
    *_of("存在 主要 突出 发现 存在的 存在的主要", "问题$"),  # 二、存在问题
    *_of("申请 申报 受理 办理 审批 报名", "流程", "程序", "条件", "材料", "资料", "方式", "须知"),  # 三、办理流程
    "职能$",  # 一、主要职能
    *_of("组成 成员", "人员", "单位"),  # 二、组成人员
    *_of("工作 议事", "规则$"),  # 三、工作规则
    *_of("基本", "条件", "情况"),  # 二、申请的基本条件
    "适用",  # 二、适用范围
    "范围",  # 二、实施范围
    "对象",  # 二、补贴对象
    *_of("资金", "筹措", "来源", "安排", "拨付", "管理", "使用"),  # 五、资金来源
    "名词",  # 名词解释
    "定义",  # 二、相关定义
    "解释",  # 指标解释
    "职责",  # 三、部门职责
    "分工$",  # 三、责任分工
    "机构设置",  # 二、机构设置
    "申报",  # 四、申报程序
    "验收",  # 六、检查验收
    "附件",  # 附件
    "联系",  # 八、联系方式
    "主题",  # 一、活动主题
    "目的",  # 一、目的
    "形式",  # 三、活动形式
]
_VERBS: Final = """
加强 推进 推动 推广 强化 完善 提升 提高 优化 健全 深化 建立 扩大 拓展 做好 做强 做优
做大 抓好 抓紧 支持 培育 促进 细化 落实 实施 开展 加大 加快 统筹 构建 打造 创新 规范
畅通 降低 减轻 减免 缓解 帮助 鼓励 引导 保障 确保 保持 稳定 发挥 压实 增强 发展 壮大
突出 严守 严控 严防 防范 化解 延长 补齐 激发 盘活 改善 整治 治理 修复 保护 巩固 解决
简化 提供 盯牢 调整
"""
_ACTS: Final = regex(
    "(?:(?:根据|按照|围绕|针对|结合|立足)[^,。]{2,14}?,?)?(?:进一步|大力|全力|切实|扎实|持续|不断|着力|积极|认真|严格|全面|深入|加快|合理|精准|及时|有序|科学)*(?:"
    + "|".join(_VERBS.split())
    + r")(?!的|范围|内容|对象|标准|步骤|(?:措施|重点|任务|目标)$|路径|方式|程序|期限|情况|单位|主体|依据|办法)|大力|积极|全面|严格|深入|着力|全力"
)
"""大力推广先进适用技术, 扩大保险范围: a title that begins so names what is to be done, whatever words follow."""


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    return regex("|".join(words))


_KINDS: Final[tuple[tuple[SectionKind, re.Pattern[str]], ...]] = (
    ("safeguard", _pattern(_SAFEGUARD)),
    ("phase", _pattern(_PHASE)),
    ("task", _pattern(_TASK)),
    ("goal", _pattern(_GOAL)),
    ("task", _pattern(_MEASURE)),
    ("principle", _pattern(_PRINCIPLE)),
    ("other", _pattern(_OTHER)),
)


_SUPPORTS: Final = regex("(?<!组织)(?<!制度)(?<!机制)保障")
_LEADS_WORK: Final = regex("领导|监督|考核|督查|督导|问责|纪律|要求")


def is_support(title: str) -> bool:
    """Whether a safeguard is one of means (优化要素保障, 落实生活保障措施): in the middle of a list it is a field of work
    as its neighbours are."""
    return _SUPPORTS.search(title) is not None and is_act(title) and not _LEADS_WORK.search(title)


def section_kind(title: str) -> SectionKind | None:
    """Kind of a section by its title; None where the title names a field of work."""
    for kind, pattern in _KINDS:
        if pattern.search(title):
            return None if kind in ("other", "task") and is_act(title) else kind
    return None


def is_act(title: str) -> bool:
    """Whether a title says what is to be done: 加快绿化, 切实落实政策措施."""
    return _ACTS.match(title) is not None
