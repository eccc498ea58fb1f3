from tests.core.plan.lint.cases import PLAN, rule_cases

test_is_reported, test_is_left_alone = rule_cases(
    "unit_incomplete",
    reported={
        "a name that lost its end": (
            PLAN + "(一)栽植树木。(牵头单位:县林业局;配合单位:县医疗保障)\n",
            [
                "plan.unit-cut-off «县医疗保障» “县医疗保障”缺少名称的结尾（局、委、办、中心等），请写全称",
            ],
        ),
        "the first unit of a list": (
            PLAN
            + "(一)栽植树木。(牵头单位:县林业局;配合单位:县财政局、县水利局)\n(二)养护树木。(牵头单位:县林业局;配合单位:县水利局、县住建局)\n(三)保护古树。(牵头单位:县林业局;配合单位:财政局、县住建局)\n",
            [
                "plan.unit-incomplete «财政局» “财政局”缺少层级，其他地方写的是“县财政局”，请写全称",
            ],
        ),
        "a bare name where the level stands elsewhere": (
            PLAN
            + (
                "(一)栽植树木。(县林业局牵头,县财政局配合)\n"
                "(二)养护树木。(县林业局牵头,县财政局配合)\n"
                "二、保障措施\n"
                "领导小组办公室设在林业局。\n"
            ),
            [
                "plan.unit-incomplete «林业局» “林业局”缺少层级，其他地方写的是“县林业局”，请写全称",
            ],
        ),
    },
    left_alone={
        "a list that names the level once": PLAN
        + ("(一)栽植树木。(县林业局、财政局负责)\n(二)养护树木。(县林业局、财政局负责)\n"),
        "a document without levels": PLAN + ("(一)栽植树木。(林业局负责)\n二、保障措施\n办公室设在林业局。\n"),
    },
)
