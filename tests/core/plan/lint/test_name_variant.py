from tests.core.plan.lint.cases import PLAN, rule_cases

test_is_reported, test_is_left_alone = rule_cases(
    "name_variant",
    reported={
        "two characters of one sound in one name": (
            PLAN + ("(一)在青山村、元湾村栽植树木。\n(二)在青山村、园湾村养护树木。园湾广场一并养护。\n"),
            [
                "plan.name-variant «元湾村» “元湾村”与别处的“园湾村”疑为同一地名，请核对并统一",
            ],
        ),
    },
    left_alone={
        "two villages": PLAN + ("(一)在东湾村、西岭村栽植树木。\n(二)在东湾村、西坡村养护树木。\n"),
    },
)
