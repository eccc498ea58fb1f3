"""A small plan made by hand, with everything that a ledger can hold and some things that would break one."""

import pytest

from guatu.adapters.writers import Ledger
from guatu.core.kernel.span import Span
from guatu.core.plan.model import (
    BaseQuantity,
    Citation,
    Coverage,
    Deadline,
    Document,
    Duty,
    Fund,
    Phase,
    Plan,
    Project,
    Recurrence,
    ReportedFinding,
    SourceInfo,
    Target,
    Task,
)

TEXT = """青禾县绿化实施方案
依据《云岭市绿化条例》（云政发〔2024〕3号）制定。
1.补植行道树。=SUM(A1)栽植国槐300株，成活率不低于90%，2025年6月底前完成。（牵头单位：县林业局；责任单位：县住建局<县城管局>；配合单位：各镇人民政府）
2.建设<script>alert("1")</script>公园。新建公园3至5处，安排资金2560万元，每月5日前报进展。（责任单位：县水利利局）
第一阶段（2025年4月—5月）动员。到2025年底绿化覆盖率达到38%。
附件1
任务分工表
1\t清理苗圃\t县林业局\t2025年9月
"""


def at(words: str, after: int = 0) -> Span:
    start = TEXT.index(words, after)
    return Span(start, start + len(words))


def line_of(words: str) -> Span:
    start = TEXT.rindex("\n", 0, TEXT.index(words)) + 1
    return Span(start, TEXT.index("\n", start))


def a_plan() -> Plan:
    targets = [
        Target("t1", "=国槐", "=", 300, "株", at("栽植国槐300株"), task="k1"),
        Target("t2", "成活率", ">=", 90, "%", at("成活率不低于90%"), None, BaseQuantity(0.9, "1"), "2025-06-30", "k1"),
        Target("t3", "公园", "range", [3, 5], "处", at("新建公园3至5处"), task="k2"),
        Target("t4", "绿化覆盖率", ">=", 38.5, "%", at("绿化覆盖率达到38%"), "县城", deadline="2025-12-31"),
    ]
    tasks = [
        Task(
            "k1",
            ["1"],
            "补植行道树",
            line_of("补植行道树"),
            [
                Duty("lead", "县林业局", at("县林业局")),
                Duty("responsible", "县住建局<县城管局>", at("县住建局<县城管局>")),
                Duty("support", "各镇人民政府", at("各镇人民政府")),
            ],
            ["t1", "t2"],
            ["d1"],
        ),
        Task(
            "k2",
            ["2"],
            '建设<script>alert("1")</script>公园',
            line_of("公园。新建"),
            [Duty("responsible", "县水利利局", at("县水利利局"))],
            ["t3"],
            [],
        ),
    ]
    main = Document(
        "青禾县绿化实施方案",
        "plan",
        Span(0, TEXT.index("附件1")),
        tasks=tasks,
        targets=targets,
        deadlines=[Deadline("d1", "2025-06-30", at("2025年6月底前")), Deadline("d3", "--12-31", at("年底"))],
        phases=[Phase(["三"], "第一阶段", "2025-04/2025-05", at("第一阶段（2025年4月—5月）"))],
        projects=[Project("公园", at("公园。"))],
        funds=[Fund(2_560_000_000, at("安排资金2560万元"), "公园建设", "县级财政")],
        citations=[Citation("云岭市绿化条例", at("《云岭市绿化条例》"), "云政发〔2024〕3号")],
        recurrences=[Recurrence("month", "报进展", at("每月5日前报进展"), 5)],
    )
    annex = Document(
        "任务分工表",
        "annex",
        Span(TEXT.index("附件1"), len(TEXT)),
        annex="附件1",
        tasks=[
            Task(
                "k3",
                ["1"],
                "清理苗圃",
                line_of("清理苗圃"),
                [Duty("lead", "县林业局", at("县林业局", 239))],
                [],
                ["d2"],
            )
        ],
        deadlines=[Deadline("d2", "2025-09", at("2025年9月"))],
    )
    findings = [
        ReportedFinding("plan.doubled-character", "error", "“县水利利局”中有一个字重复", at("县水利利局"), 4, 70),
        ReportedFinding("plan.annex-missing", "warning", "缺少附件2", Span(len(TEXT) - 1, len(TEXT) - 1), 8, 16),
    ]
    return Plan(SourceInfo("green.txt", "ab" * 32, len(TEXT), "txt"), [main, annex], findings, Coverage(5, 3, 2, 0))


@pytest.fixture(params=["zh", "en"])
def ledger(request: pytest.FixtureRequest) -> Ledger:
    """The plan's ledger, once in each language."""
    return Ledger(a_plan(), TEXT, request.param, other_messages=["a character is doubled", "annex 2 is missing"])


@pytest.fixture
def chinese() -> Ledger:
    return Ledger(a_plan(), TEXT, "zh", other_messages=["a character is doubled", "annex 2 is missing"])


@pytest.fixture
def empty() -> Ledger:
    """The ledger of a text without anything in it."""
    return Ledger(Plan(SourceInfo("e.txt", "", 0, "txt"), [], [], Coverage(0, 0, 0, 0)), "", "zh")
