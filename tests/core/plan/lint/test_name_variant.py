from tests.core.plan.lint.cases import PLAN, rule_cases

test_is_reported, test_is_left_alone = rule_cases(
    "name_variant",
    reported={
        "a town with and without 子, in a plan and its annex": (
            PLAN
            + ("(一)在北柳子乡、东岗镇栽植树木。\n\n附件1\n任务分工表\n\n一、任务\n(一)由东岗镇、北柳乡养护树木。\n"),
            [
                "plan.name-variant «北柳子乡» “北柳子乡”与别处的“北柳乡”疑为同一地名，请核对并统一",
            ],
        ),
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
