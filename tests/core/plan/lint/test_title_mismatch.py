from tests.core.plan.lint.cases import rule_cases


def notice(issued: str, title: str) -> str:
    return (
        f"青禾县人民政府办公室关于印发{issued}的通知\n\n各乡镇人民政府:\n现印发给你们,请执行。\n\n"
        f"青禾县人民政府办公室\n2024年3月1日\n\n{title}\n\n一、主要任务\n(一)栽植树木。\n"
    )


ANNEXED = (
    "青禾县人民政府关于公布古树的通知\n\n现予公布。\n\n附件:1.{listed}\n2.古树挂牌样式\n\n青禾县人民政府\n2024年3月1日\n\n"
    "附件1\n{title}\n\n一、管护\n及时修剪。\n\n附件2\n古树挂牌样式\n\n一、尺寸\n"
)
SHORTENED = {
    "a heading without 关于 and 的": ("支持苗木产业发展若干措施", "关于支持苗木产业发展的若干措施"),
    "a heading that says 本县": ("本县支持苗木产业发展若干措施", "青禾县关于支持苗木产业发展的若干措施"),
    "a title over two lines": ("关于支持苗木产业发展若干措施", "关于支持苗木产业\n发展的若干措施"),
    "an action with its kind on the second line": ("青禾县绿化三年行动实施方案", "青禾县绿化三年行动\n实施方案"),
    "a heading of two documents": ("绿化工作考核和绿化工作奖惩两个办法", "绿化工作考核办法"),
}
TWO_LINES = {
    "an annex whose title runs over two lines": ("青禾县古树保护名录及管护要求", "青禾县古树保护\n名录及管护要求"),
    "an annex whose first line ends openly": ("青禾县古树的保护要求", "青禾县古树的\n保护要求"),
    "a remark below the title": ("青禾县古树名录(共26株)", "青禾县古树名录\n(共26株)"),
}

test_is_reported, test_is_left_alone = rule_cases(
    "title_mismatch",
    reported={
        "the notice cites another title": (
            "青禾县人民政府办公室关于印发青禾县城镇绿化工作方案的通知\n\n《青禾县城镇的绿化工作方案》已经县政府同意,现印发给你们。\n\n青禾县人民政府办公室\n2024年3月1日\n\n青禾县城镇绿化工作方案\n\n一、主要任务\n(一)栽植树木。\n",
            [
                "plan.title-mismatch «青禾县城镇的绿化工作方案» 标题“青禾县城镇绿化工作方案”与通知所称“青禾县城镇的绿化工作方案”不一致，请统一"
            ],
        ),
        "words that no heading leaves out, beside those that it does": (
            notice("支持青禾县城乡绿化若干措施", "关于支持青禾县城镇绿化的若干措施"),
            [
                "plan.title-mismatch «关于支持青禾县城镇绿化的若干措施» 标题“关于支持青禾县城镇绿化的若干措施”与通知所称“支持青禾县城乡绿化若干措施”不一致，请统一",
            ],
        ),
        "another title over two lines": (
            ANNEXED.format(listed="青禾县古树保护名录及管护要求", title="青禾县古树保护名录\n及看护要求"),
            [
                "plan.title-mismatch «青禾县古树保护名录» 标题“青禾县古树保护名录”与通知所称“青禾县古树保护名录及管护要求”不一致，请统一",
            ],
        ),
        "the notice names another title": (
            (
                "青禾县人民政府办公室关于印发青禾县城乡绿化工作方案的通知\n\n"
                "现印发给你们。\n\n"
                "青禾县人民政府办公室\n"
                "2024年3月1日\n\n"
                "青禾县城镇绿化工作方案\n\n"
                "一、主要任务\n"
                "(一)栽植树木。\n"
            ),
            [
                "plan.title-mismatch «青禾县城镇绿化工作方案» 标题“青禾县城镇绿化工作方案”与通知所称“青禾县城乡绿化工作方案”不一致，请统一",
            ],
        ),
        "the list of annexes names another title": (
            (
                "青禾县人民政府办公室关于印发两个方案的通知\n\n"
                "现印发给你们。\n\n"
                "附件:1.青禾县供水保障工作方案\n"
                "2.青禾县排水防涝工作方案\n\n"
                "附件1\n"
                "青禾县供水安全工作方案\n\n"
                "一、主要任务\n"
                "(一)改造管网。\n\n"
                "附件2\n"
                "青禾县排水防涝工作方案\n\n"
                "一、主要任务\n"
                "(一)疏通管渠。\n"
            ),
            [
                "plan.title-mismatch «青禾县供水安全工作方案» 标题“青禾县供水安全工作方案”与通知所称“青禾县供水保障工作方案”不一致，请统一",
            ],
        ),
    },
    left_alone={
        **{claim: notice(*texts) for claim, texts in SHORTENED.items()},
        "rules that carry out what their notice cites": (
            "关于印发《应对持续干旱支持全县苗木产业和林下经济健康发展若干措施》落实细则的通知 关于印发《应对持续干旱支持全县苗木产业和林下经济健康发展若干措施》落实细则的通知\n\n各乡镇林业站:\n根据《应对持续干旱支持全县苗木产业和林下经济健康发展若干措施》,现将细则印发给你们。\n\n"
            "青禾县林业局\n2024年3月1日\n\n青禾县林业局落实《应对持续干旱支持全县苗木产业和林下经济健康发展若干措施》实施细则\n\n一、办理流程\n(一)受理。\n"
        ),
        **{claim: ANNEXED.format(listed=listed, title=title) for claim, (listed, title) in TWO_LINES.items()},
        "another document that is cited": "青禾县人民政府办公室关于印发青禾县城镇绿化工作方案的通知\n\n根据《青禾县国土绿化总体规划》要求,《青禾县城镇绿化工作方案》已经县政府同意,现印发给你们。\n\n青禾县人民政府办公室\n2024年3月1日\n\n青禾县城镇绿化工作方案\n\n一、主要任务\n(一)栽植树木。\n",
        "the same title with the year below it": (
            "青禾县人民政府办公室关于印发青禾县绿化工作方案(2024—2026年)的通知\n\n"
            "现印发给你们。\n\n"
            "青禾县人民政府办公室\n"
            "2024年3月1日\n\n"
            "青禾县绿化工作方案\n"
            "(2024—2026年)\n\n"
            "一、主要任务\n"
            "(一)栽植树木。\n"
        ),
        "the list shortens the title": (
            "青禾县人民政府办公室关于印发两个方案的通知\n\n"
            "现印发给你们。\n\n"
            "附件:1.供水保障工作方案\n"
            "2.排水防涝工作方案\n\n"
            "附件1\n"
            "青禾县供水保障工作方案\n\n"
            "一、主要任务\n"
            "(一)改造管网。\n\n"
            "附件2\n"
            "青禾县排水防涝工作方案\n\n"
            "一、主要任务\n"
            "(一)疏通管渠。\n"
        ),
    },
)
