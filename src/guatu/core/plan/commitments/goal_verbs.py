"""The verbs with which a plan reaches a count, and those that say that a time is a limit, each sort with its sentence.

A test puts every word into the sentence of its sort and finds the target, or the deadline, there. The patterns are
built from the tables, so a word is added here and nowhere else.
"""

from collections.abc import Mapping
from typing import Final

import msgspec


class Verbs(msgspec.Struct, frozen=True):
    """Verbs of one sort, and a sentence in which each of them may stand."""

    example: str
    words: str

    @property
    def list(self) -> tuple[str, ...]:
        return tuple(self.words.split())


REACHES: Final[Mapping[str, Verbs]] = {
    "builds": Verbs(
        "{}水厂5座",
        "新建 新改建 新改扩建 改建 改造 扩建 改扩建 续建 重建 建成 建设 建立 打造 "
        "修建 兴建 筹建 布局 布设 整修 加固 维修 升级 提升 提质 开工 竣工 投产 投用 "
        "启动 挂牌 落地 安装 铺设 敷设 更换 更新 购置 采购 配置 硬化 亮化 美化 改厕 "
        "疏浚 清淤 通车 贯通 连通 开通 接入 延伸",
    ),
    "starts and founds": Verbs(
        "{}合作社5家",
        "新增 新创 新发展 新认定 创建 培育 引进 引育 招引 组建 成立 设立 设置 增设 "
        "发展 认定 申报 争创 命名 评选 评定 创评 孵化 上市 入库 储备 谋划 签约 划分 "
        "划定 明确 确定 选树 选择 选取 选定 选出 遴选 推出 推广 推动 推进 支持 扶持 "
        "扩大 增加 巩固 做好 加强 形成 达标 实施 实现 确保 力争 争取 保障 完成 落实",
    ),
    "grows": Verbs(
        "{}桑园5亩",
        "栽植 种植 栽种 植树 造林 绿化 抚育 飞播 补植 补栽 修复 治理 整治 复垦 开发 "
        "流转 收储 征收 征迁 腾退 盘活 处置 选育 制种 管护 养护 增殖 放流 出栏 存栏 "
        "生产 收购 供应 供给",
    ),
    "finds people": Verbs(
        "{}医生5名",
        "创成 培养 招聘 招录 配备 配齐 选派 选聘 聘请 聘用 派驻 派出 培训 轮训 引导 吸引 带动 安排 下达 承担",
    ),
    "serves": Verbs(
        "{}群众5户",
        "转移 安置 搬迁 帮扶 救助 资助 惠及 受益 覆盖 服务 提供 输送 解决 促进 走访 宣讲",
    ),
    "holds": Verbs(
        "{}活动5场",
        "开展 举办 组织 演练 发布 播放 刊发 刊播 评审 审计",
    ),
    "writes": Verbs(
        "{}图册5册",
        "编制 制定 出台 修订 绘制 印发 派发 张贴 录入 发放",
    ),
    "checks": Verbs(
        "{}企业5家",
        "抽查 检查 巡查 监测 检测 排查 摸排 整改 约谈 拨打",
    ),
    "removes": Verbs(
        "{}小锅炉5台",
        "拆除 清理 消除 化解 关停 淘汰 取缔 压减 削减 减少 降低 办结 处理 回收 收集 转运 投放 布放",
    ),
}
"""The number behind or before such a verb is the goal."""

LIMITS: Final[Mapping[str, Verbs]] = {
    "is done": Verbs(
        "2024年8月{}水厂",
        "通过 实现 完成 建成 竣工 投用 投入 投产 达产 交付 通车 通水 并网 试运行 "
        "试营业 运营 开业 开街 开园 挂牌 上线 点火 封顶 开学 验收 达到 达 形成 建立 "
        "消除 做到",
    ),
    "is begun or gone on with": Verbs(
        "2024年8月{}水厂",
        "集中 陆续 分批 迎接 新建 新增 启动 出台 制定 编制 召开 开工 组织 开展 推进 "
        "实施 创建 打造 培育 改造 建设 整治 拆除 累计 计划 提升 提高 使 改建 "
        "重点推进 重点实施 重点建设",
    ),
    "is promised": Verbs(
        "2024年8月{}水厂",
        "要 将 应 须 全部 全面 基本 力争 确保 争取 务必 力求 全市 全县 全区 全镇 全乡 各",
    ),
    "is issued": Verbs(
        "2024年8月底{}水厂办法",
        "印发",
    ),
}
"""A time right before such a word is a limit: 2024年8月建成水厂."""


def pattern_of(table: Mapping[str, Verbs]) -> str:
    """All words of a table as alternatives; of two that begin alike the longer first."""
    return "|".join(sorted((word for verbs in table.values() for word in verbs.list), key=len, reverse=True))
