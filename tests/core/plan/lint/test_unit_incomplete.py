from tests.core.plan.lint.cases import PLAN, rule_cases

test_is_reported, test_is_left_alone = rule_cases(
    "unit_incomplete",
    reported={
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
