from tests.core.plan.lint.cases import PLAN, rule_cases

test_is_reported, test_is_left_alone = rule_cases(
    "stray_text",
    reported={
        "a backslash, and a question where none is asked": (
            PLAN + "(一)切实\\做到保洁,对排名?末位的镇约谈。\n",
            [
                "plan.stray-text «\\» “(一)切实\\做到保洁,对”中的“\\”是混入的字符，请删去",
                "plan.stray-text «?» “保洁,对排名?末位的镇约谈”中的“?”是混入的字符，请删去",
            ],
        ),
        "signs inside a sentence": (
            PLAN + "(一)提高对绿化工作的.认识,营造整洁的`环境,建设面向群众的'公园。\n",
            [
                "plan.stray-text «.» “对绿化工作的.认识,营造整”中的“.”是混入的字符，请删去",
                "plan.stray-text «`» “,营造整洁的`环境,建设面”中的“`”是混入的字符，请删去",
                "plan.stray-text «'» “设面向群众的'公园。”中的“'”是混入的字符，请删去",
            ],
        ),
        "the watermark of a website": (
            PLAN + "(一)栽植树木500株。aB12.cOm\n",
            [
                "plan.stray-text «aB12.cOm» “木500株。aB12.cOm”中的“aB12.cOm”是混入的字符，请删去",
            ],
        ),
        "the end of a number before the addressees": (
            ("关于做好绿化工作的通知\n\n12各镇人民政府,县直各单位:\n请认真执行。\n"),
            [
                "plan.stray-text «12» “作的通知 12各镇人民政府”中的“12”是混入的字符，请删去",
            ],
        ),
    },
    left_alone={
        "a question": PLAN + "(一)回答群众为什么要栽树?怎样栽树的问题。\n",
        "an address that is given on purpose": PLAN + "(一)栽植树木。通过县政府网站www.qinghe.example.com公开进度。\n",
        "quotation marks in pairs": PLAN + "(一)推广大家说的'三清一改'做法。\n",
    },
)
