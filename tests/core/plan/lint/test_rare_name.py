from tests.core.plan.lint.cases import PLAN, rule_cases


def plan(last: str, usual: str = "县自然资源局、县财政局", layout: str = "({}负责)") -> str:
    """Three tasks of the usual units, and one that may have a slip."""
    tasks = [f"({number})做好工作{number}。抓好落实。" + layout.format(usual) for number in "一二三"]
    return PLAN + "\n".join([*tasks, "(四)做好其他工作。抓好落实。" + layout.format(last)]) + "\n"


test_is_reported, test_is_left_alone = rule_cases(
    "rare_name",
    reported={
        "a character that was lost": (
            plan("县自然资局、县财政局"),
            [
                "plan.rare-name «县自然资局» “县自然资局”只出现一次，疑为“县自然资源局”（出现 3 次）之误，请核对",
            ],
        ),
        "a character that was changed": (
            plan("县自燃资源局", layout="〔责任单位:{}〕"),
            [
                "plan.rare-name «县自燃资源局» “县自燃资源局”只出现一次，疑为“县自然资源局”（出现 3 次）之误，请核对",
            ],
        ),
        "a character too many": (
            plan("县水务集集团公司", "县农业农村局、县水务集团公司", "\n责任单位:{}"),
            [
                "plan.rare-name «县水务集集团公司» “县水务集集团公司”只出现一次，疑为“县水务集团公司”（出现 3 次）之误，请核对",
            ],
        ),
    },
    left_alone={
        "units that differ by a number": plan("县第二小学、县财政局", "县第一小学、县财政局"),
        "units that differ at their end": plan("县发展改革委、县财政局", "县发展改革局、县财政局"),
        "short names of two offices": plan("县教育局、县林业局", "县教体局、县林草局"),
        "towns": plan("青石镇人民政府", "白石镇人民政府"),
        "with and without 和": plan("县住房和城乡建设局", "县住房城乡建设局"),
        "a name that stands often as well": plan("县自然资局") + "县自然资局要抓好落实。\n",
    },
)
