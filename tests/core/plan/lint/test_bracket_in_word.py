from tests.core.plan.lint.cases import PLAN, rule_cases

test_is_reported, test_is_left_alone = rule_cases(
    "bracket_in_word",
    reported={
        "a bracket between the characters of 政府": (
            PLAN + "(一)栽植树木。由各镇政(柳河街道办事处)府组织实施。\n",
            [
                "plan.bracket-in-word «政(柳河街道办事处)府» 括号“(柳河街道办事处)”插在“政府”中间，应移到词后",
            ],
        ),
    },
    left_alone={
        "a variant of the part before": PLAN + "(一)栽植树木。由乡(镇)政府、村(居)委会组织实施。\n",
        "a bracket behind the word": PLAN + "(一)栽植树木。由各镇政府(柳河街道办事处)组织实施。\n",
    },
)
