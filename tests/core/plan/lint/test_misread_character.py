from tests.core.plan.lint.cases import PLAN, rule_cases

test_is_reported, test_is_left_alone = rule_cases(
    "misread_character",
    reported={
        "a variant that no simplified text has": (
            PLAN + "(一)釆取措施栽植树木。釆购苗木。\n",
            [
                "plan.misread-character «釆» “釆”应为“采”（见“(一)釆取措施”）（另有 1 处）",
            ],
        ),
        "a character that looks the same and is another": (
            PLAN + "(一)栽植树⽊。\n",
            [
                "plan.misread-character «⽊» “⽊”应为“木”（见“栽植树⽊。”）",
            ],
        ),
        "traditional forms left from a conversion": (
            PLAN + "(一)完工後养护树木。\n",
            [
                "plan.misread-character «後» “後”应为“后”（见“)完工後养护树”）",
            ],
        ),
    },
    left_alone={
        "the button that switches the script": PLAN + "青禾县政府网 | 繁體 | 登录\n(一)栽植树木。\n",
        "simplified text": PLAN + "(一)采取措施栽植树木,完工后养护。\n",
        "a text that is traditional throughout": (
            "關於開展農村環境綠化工作的實施方案\n\n"
            "為進一步推進農業產業發展,縣鄉區國務動種經濟設計劃項資單責導進達還過運選廠廣張強護報點無電療確積範線組統\n"
        ),
    },
)
