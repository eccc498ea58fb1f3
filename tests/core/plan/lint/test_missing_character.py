from tests.core.plan.lint.cases import PLAN, rule_cases

test_is_reported, test_is_left_alone = rule_cases(
    "missing_character",
    reported={
        "a fixed phrase without its first character": (
            PLAN + "(一)通过“事一议”筹集资金。\n",
            [
                "plan.missing-character «事一议» “事一议”疑缺字，是否应为“一事一议”?",
            ],
        ),
        "half of a verb": (
            PLAN + "(一)加强培训,提服务能力和水平。\n",
            [
                "plan.missing-character «提» “训,提服务能力”疑缺字，是否应为“提高、提升”?",
            ],
        ),
        "an adverb without its head": (
            PLAN + "(一)起点谋划绿化布局。\n",
            [
                "plan.missing-character «起点» “一)起点谋划绿化”疑缺字，是否应为“高起点”?",
            ],
        ),
    },
    left_alone={
        "the phrase itself": PLAN + "(一)通过“一事一议”筹集资金,因地制宜栽植树木。\n",
        "slogans of three characters": PLAN + "(一)补短板、提品质、强服务。\n",
        "提 with what is put forward": PLAN + "(一)按时,提意见建议。\n",
    },
)
