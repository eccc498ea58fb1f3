from tests.core.plan.lint.cases import PLAN, rule_cases

test_is_reported, test_is_left_alone = rule_cases(
    "unit_missing",
    reported={
        "a section of duties that names no office": (
            PLAN
            + "(一)栽植树木。栽植500株。\n(二)养护树木。落实责任。\n(三)保护古树。建立档案。\n二、保障措施\n(一)明确责任分工。要细化责任,狠抓落实。\n",
            [
                "plan.no-units «(一)栽植树木。» 全文 3 项任务都没有写明牵头或责任单位，请补上分工",
            ],
        ),
        "one task among those with units": (
            PLAN
            + (
                "(一)栽植树木。栽植500株。(县林业局负责)\n"
                "(二)养护树木。落实责任。(县住建局负责)\n"
                "(三)保护古树。建立档案。\n"
                "(四)巡查病虫。每月一次。(县林业局负责)\n"
            ),
            [
                "plan.unit-missing «(三)保护古树。» 任务“保护古树”没有写明单位，同级的其他任务都有，请补上",
            ],
        ),
        "no task of a plan": (
            PLAN + ("(一)栽植树木。栽植500株。\n(二)养护树木。落实责任。\n(三)保护古树。建立档案。\n"),
            [
                "plan.no-units «(一)栽植树木。» 全文 3 项任务都没有写明牵头或责任单位，请补上分工",
            ],
        ),
    },
    left_alone={
        "the words above the tasks say who does them": "青禾县2024年绿化工作方案\n\n一、主要任务\n试点乡镇要认真组织实施,重点做好以下工作:\n(一)栽树。栽树。\n(二)浇水。浇水。\n(三)护林。护林。\n",
        "a section says which office does what": PLAN
        + "(一)栽树。栽树。\n(二)浇水。浇水。\n(三)护林。护林。\n二、保障措施\n(一)明确部门职责。县林业局承担制定技术要求的职责,县水利局负责供水。\n",
        "a listed annex says who does what": PLAN
        + "(一)栽树。栽树。\n(二)浇水。浇水。\n(三)护林。护林。\n\n附件:1.项目牵头单位及联系方式\n2.苗木规格\n",
        "a third of the tasks say who has to act": PLAN
        + "(一)栽树。各乡镇要栽树。\n(二)浇水。县水利局要供水。\n(三)护林。护林。\n(四)巡查。巡查。\n",
        "what all units have to see to": PLAN
        + "(一)栽树。栽树。(县林业局负责)\n(二)浇水。浇水。(县林业局负责)\n(三)护林。护林。(县林业局负责)\n(四)加强组织领导。要高度重视。\n",
        "the units stand in its sentences": PLAN
        + "(一)栽树。栽树。(县林业局负责)\n(二)浇水。浇水。(县林业局负责)\n(三)护林。护林。(县林业局负责)\n(四)巡查。各乡镇要每周巡查。\n",
        "every task has one": PLAN
        + (
            "(一)栽植树木。栽植500株。(县林业局负责)\n"
            "(二)养护树木。落实责任。(县住建局负责)\n"
            "(三)保护古树。建立档案。(县文旅局负责)\n"
        ),
        "one unit leads the whole plan": (
            "青禾县2024年绿化工作方案\n"
            "(县林业局牵头)\n\n"
            "一、主要任务\n"
            "(一)栽植树木。栽植500株。\n"
            "(二)养护树木。落实责任。\n"
            "(三)保护古树。建立档案。\n"
        ),
    },
)
