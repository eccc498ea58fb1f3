from tests.core.plan.lint.cases import PLAN, rule_cases

test_is_reported, test_is_left_alone = rule_cases(
    "unit_in_two_roles",
    reported={
        "it leads and is responsible": (
            PLAN + "(一)栽植树木。(牵头单位:县林业局;责任单位:县林业局、县水利局)\n",
            [
                "plan.unit-in-two-roles «县林业局» “县林业局”在同一任务中既是牵头单位又是责任单位，请只保留一个",
            ],
        ),
        "a unit that leads and supports": (
            PLAN
            + (
                "(一)栽植树木。栽植500株。(县林业局牵头,县水利局、县林业局配合)\n"
                "(二)养护树木。落实责任。(县住建局负责)\n"
            ),
            [
                "plan.unit-in-two-roles «县林业局» “县林业局”在同一任务中既是牵头单位又是配合单位，请只保留一个",
            ],
        ),
    },
    left_alone={
        "each paragraph of a task has its own units": PLAN
        + "(一)治扬尘。工地装喷淋。(县住建局牵头,县城管局配合)\n清扫道路。(县城管局负责)\n",
        "the same in brackets of another shape": PLAN
        + "(一)治扬尘。工地装喷淋。〔牵头单位:县住建局;配合单位:县城管局〕清扫道路。〔牵头单位:县城管局〕\n",
        "the same in labelled lines": PLAN
        + "(一)治扬尘。\n工地装喷淋。\n牵头单位:县住建局;配合单位:县城管局\n清扫道路。\n牵头单位:县城管局\n",
        "each unit has one role": PLAN
        + (
            "(一)栽植树木。栽植500株。(县林业局牵头,县水利局配合)\n"
            "(二)养护树木。落实责任。(县水利局牵头,县林业局配合)\n"
        ),
    },
)
