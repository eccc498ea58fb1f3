from tests.core.plan.lint.cases import PLAN, rule_cases

test_is_reported, test_is_left_alone = rule_cases(
    "numbering_repeat",
    reported={
        "a number twice": (
            ("青禾县绿化工作方案\n\n一、主要任务\n(一)栽植树木。\n(二)养护树木。\n(二)保护古树。\n"),
            [
                "plan.numbering-repeat «(二)» 编号“(二)”在“(二)”之后重复或倒退，请重新编号",
            ],
        ),
        "a step twice inside a paragraph": (
            PLAN + "(一)加强养护。一是浇水。二是施肥。二是修剪。\n",
            [
                "plan.numbering-repeat «二是» 编号“二是”在“二是”之后重复或倒退，请重新编号",
            ],
        ),
    },
    left_alone={
        "a list that begins anew": (
            "青禾县绿化工作方案\n\n"
            "一、主要任务\n"
            "(一)栽植树木。\n"
            "(二)养护树木。\n"
            "二、工作要求\n"
            "(一)加强领导。\n"
            "(二)加强督查。\n"
        ),
        "a run inside a step": PLAN + "(一)加强养护。一是浇水,分两次:一是早上,二是傍晚。二是施肥。三是修剪。\n",
    },
)
