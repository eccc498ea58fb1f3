from tests.core.plan.lint.cases import rule_cases

test_is_reported, test_is_left_alone = rule_cases(
    "several_documents",
    reported={
        "a collection of plans": (
            (
                "绿化方案范文\n\n"
                "绿化方案(篇1)\n\n"
                "一、主要任务\n"
                "(一)栽植树木。\n\n"
                "绿化方案(篇2)\n\n"
                "一、主要任务\n"
                "(一)养护树木。\n"
            ),
            [
                "plan.several-documents «绿化方案(篇2)» 文件里有 2 份互不相属的方案，请拆成单独的文件",
            ],
        ),
    },
    left_alone={
        "what a notice forwards, whose title runs over two lines": (
            "青禾县人民政府办公室转发县民政局关于\n整顿公墓意见的通知\n青政办发〔2024〕3号\n各乡镇人民政府:\n"
            "县民政局《关于整顿公墓的意见》已经县政府同意,现转发给你们,请执行。\n青禾县人民政府办公室\n2024年3月1日\n"
            "关于整顿公墓的意见\n(县民政局 2024年2月1日)\n现提出如下意见:\n一、整顿的范围\n全县公墓。\n二、整顿的办法\n(一)登记造册。\n"
        ),
        "a notice with its plan and an annex": (
            "青禾县人民政府办公室关于印发青禾县绿化工作方案的通知\n\n"
            "现印发给你们,请认真执行。\n\n"
            "青禾县人民政府办公室\n"
            "2024年10月28日\n\n"
            "青禾县绿化工作方案\n\n"
            "一、主要任务\n"
            "(一)栽植树木。\n\n"
            "附件1\n"
            "任务分工表\n\n"
            "一、栽植树木\n"
        ),
    },
)
