from tests.core.plan.lint.cases import PLAN, rule_cases

test_is_reported, test_is_left_alone = rule_cases(
    "web_furniture",
    reported={
        "the editor of the page": (
            PLAN + "(一)栽植树木。\n责任编辑:周宁\n",
            [
                "plan.web-furniture «责任编辑:周宁» “责任编辑:周宁”是网页上的文字，不属于文件，请删去",
            ],
        ),
        "a line of buttons": (
            ("青禾县绿化工作方案\n分享:\n【打印】 【关闭窗口】\n\n一、主要任务\n(一)栽植树木。\n"),
            [
                "plan.web-furniture «分享:» “分享:”是网页上的文字，不属于文件，请删去",
                "plan.web-furniture «【打印】 【关闭窗口】» “【打印】 【关闭窗口】”是网页上的文字，不属于文件，请删去",
            ],
        ),
        "a counter inside a line": (
            ("青禾县绿化工作方案\n来源:县林业局 浏览次数:128\n\n一、主要任务\n(一)栽植树木。\n"),
            [
                "plan.web-furniture «浏览次数:128» “浏览次数:128”是网页上的文字，不属于文件，请删去",
            ],
        ),
    },
    left_alone={
        "the same words in a sentence": PLAN + "(一)做好资料下载和打印服务,与各镇分享经验。\n",
    },
)
