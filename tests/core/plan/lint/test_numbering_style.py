from tests.core.plan.lint.cases import PLAN, rule_cases

test_is_reported, test_is_left_alone = rule_cases(
    "numbering_style",
    reported={
        "三要 behind 一是 and 二是": (
            PLAN + "(一)加强养护。一是浇水。二是施肥。三要修剪枝条。\n",
            [
                "plan.numbering-style «三要» 前面用“二是”，这里用“三要”，同一组序号应写法一致",
            ],
        ),
    },
    left_alone={
        "one style throughout": PLAN + "(一)加强养护。一要浇水。二要施肥。三要修剪。\n",
    },
)
