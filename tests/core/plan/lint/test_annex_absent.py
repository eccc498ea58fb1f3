from tests.core.plan.lint.cases import rule_cases

test_is_reported, test_is_left_alone = rule_cases(
    "annex_absent",
    reported={
        "an item that says to make such a list is none": (
            "青禾县绿化工作方案\n\n一、主要任务\n(一)核对树种(树种清单见附件)。\n(二)建立树种清单\n逐株登记。\n",
            [
                "plan.annex-absent «附件» 引用了“附件”，但文件中没有这个附件",
            ],
        ),
        "a list of something else behind the signature": (
            "青禾县苗木捐赠公告\n\n各界可捐苗木(收苗地点见附件)。\n青禾县林业局\n2024年3月1日\n第一批急需树种清单\n一、国槐\n",
            [
                "plan.annex-absent «附件» 引用了“附件”，但文件中没有这个附件",
            ],
        ),
        "a number beyond the list of annexes": (
            "青禾县绿化工作方案\n\n一、主要任务\n(一)改造管网。评分细则见附件3。\n\n附件:1.任务分工表\n   2.资金安排表\n",
            [
                "plan.annex-absent «附件3» 引用了“附件3”，但文件中没有这个附件",
            ],
        ),
        "the second of two that are cited together": (
            "青禾县绿化工作方案\n\n一、主要任务\n(一)改造管网。按附件1、附件2执行。\n\n附件1\n任务表\n\n一、任务\n",
            [
                "plan.annex-absent «附件2» 引用了“附件2”，但文件中没有这个附件",
            ],
        ),
        "a cited annex that is not in the file": (
            ("青禾县供水工作方案\n\n一、主要任务\n(一)改造管网。按计划完成改造(具体分工见附件)。\n"),
            [
                "plan.annex-absent «附件» 引用了“附件”，但文件中没有这个附件",
            ],
        ),
        "a numbered annex that the list does not have": (
            (
                "青禾县供水工作方案\n\n"
                "一、主要任务\n"
                "(一)改造管网。排查结果填入附件3。\n\n"
                "附件1\n"
                "供水任务分工表\n\n"
                "一、改造管网\n\n"
                "附件2\n"
                "供水资金安排表\n\n"
                "一、县级资金\n"
            ),
            [
                "plan.annex-absent «附件3» 引用了“附件3”，但文件中没有这个附件",
            ],
        ),
        "a sentence that begins with an annex that is not there": (
            ("青禾县供水工作方案\n\n一、主要任务\n(一)改造管网。附件3所列项目6月底前开工。\n"),
            [
                "plan.annex-absent «附件3» 引用了“附件3”，但文件中没有这个附件",
            ],
        ),
        "an annex of the list whose text is missing where others are there": (
            (
                "关于印发《青禾县供水工作方案》的通知\n\n"
                "现印发给你们。\n\n"
                "附件:1.青禾县供水工作方案\n"
                "2.青禾县排水工作方案\n"
                "3.青禾县节水工作方案\n\n"
                "附件1\n"
                "青禾县供水工作方案\n\n"
                "一、主要任务\n"
                "(一)改造管网。\n\n"
                "附件2\n"
                "青禾县排水工作方案\n\n"
                "一、主要任务\n"
                "(一)疏通管渠。\n"
            ),
            [
                "plan.annex-absent «3.青禾县节水工作方案» 引用了“3.青禾县节水工作方案”，但文件中没有这个附件",
            ],
        ),
    },
    left_alone={
        "a list that stands behind the signature without its label": (
            "青禾县苗木捐赠公告\n\n各界可捐苗木(第一批树种清单请见附件),请按附件准备。\n青禾县林业局\n2024年3月1日\n第一批急需苗木清单(数量不限)\n一、国槐\n二、银杏\n"
        ),
        "an annex that stands behind the plan": (
            "青禾县供水工作方案\n\n"
            "一、主要任务\n"
            "(一)改造管网。具体分工见附件1。\n\n"
            "附件1\n"
            "供水任务分工表\n\n"
            "一、改造管网\n"
        ),
        "annexes that are only listed, as in a notice whose annexes are files of their own": (
            "青禾县供水工作方案\n\n"
            "一、主要任务\n"
            "(一)改造管网。具体分工见附件1。\n\n"
            "附件:1.供水任务分工表\n"
            "2.供水资金安排表\n"
        ),
        "the annex of another document": (
            "青禾县供水工作方案\n\n一、主要任务\n(一)改造管网。按照《云岭市供水办法》附件2的标准执行。\n"
        ),
    },
)
