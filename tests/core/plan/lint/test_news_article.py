from tests.core.plan.lint.cases import PLAN, rule_cases

test_is_reported, test_is_left_alone = rule_cases(
    "news_article",
    reported={
        "what an agency sends": (
            "青禾县供水见闻\n\n新华社青禾2月3日电 全县新建泵站5座，水质达标率达到95%。\n",
            [
                "plan.news-article «新华社» 这是新闻报道（“新华社”），其中的数字和日期没有读成指标和时限，请用方案原文",
            ],
        ),
        "the reporter below the text": (
            "青禾县多措并举保供水\n\n全县新建泵站5座。（记者 王平）\n",
            [
                "plan.news-article «（记者 王平）» 这是新闻报道（“（记者 王平）”），其中的数字和日期没有读成指标和时限，请用方案原文",
            ],
        ),
    },
    left_alone={
        "a plan that invites reporters": PLAN + "(一)加强宣传。邀请记者从现场报道，栽植树木5株。\n",
        "a summary of the year": "青禾县2025年供水工作总结\n\n全年新建泵站5座。\n",
    },
)
