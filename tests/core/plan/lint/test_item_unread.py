from tests.core.plan.lint.cases import PLAN, rule_cases

TASKS = PLAN + "(一)改造管网。改造5公里。(县水利局负责)\n二、保障措施\n"

test_is_reported, test_is_left_alone = rule_cases(
    "item_unread",
    reported={
        "who leads, among the safeguards": (
            TASKS + "(一)压实工作责任。由县水利局牵头每月通报进展。\n(二)营造氛围。加强宣传。\n",
            ["plan.item-unread «(一)压实工作责任» “压实工作责任”写了由谁办，但没有读成任务，请核对"],
        ),
        "by when, without a heading": (
            TASKS + "1.各镇于2024年3月15日前报送方案。\n2.加强宣传。\n",
            [
                "plan.item-unread «1.各镇于2024年3月15日前报送方案» “各镇于2024年3月15日前报送方案”写了何时办，但没有读成任务，请核对"
            ],
        ),
        "how much, as a line below its heading": (
            TASKS + "一是强化培训\n每年培训1000人次。\n二是加强宣传。\n",
            ["plan.item-unread «一是强化培训» “强化培训”写了办多少，但没有读成任务，请核对"],
        ),
        "the duties of several offices, once": (
            PLAN
            + "(一)改造管网。改造5公里。\n二、职责分工\n1.县水利局负责施工。\n2.县财政局负责资金。\n3.县审计局负责审计。\n",
            ["plan.item-unread «1.县水利局负责施工» “县水利局负责施工”写了由谁办，但没有读成任务（另有 2 处），请核对"],
        ),
    },
    left_alone={
        "a safeguard that orders nothing of anybody": TASKS + "(一)加强领导。各镇要高度重视。\n(二)营造氛围。\n",
        "who explains the plan": TASKS + "(一)本方案由县水利局负责解释。\n(二)加强宣传。\n",
        "who answers for a field at all times": TASKS + "(一)县水利局负责全县的水资源管理工作。\n(二)加强宣传。\n",
        "a team is no amount": TASKS + "(一)建强队伍。打造一支专业队伍。\n(二)加强宣传。\n",
        "what is a task already": PLAN + "(一)改造管网。由县水利局牵头,2024年3月15日前改造5公里。\n",
        "goals and phases": PLAN
        + "(一)改造管网。\n二、工作目标\n(一)2024年6月底前改造5公里。\n三、实施步骤\n(一)动员阶段(2024年3月底前)。开会。\n",
        "the year in which money is spent": TASKS
        + "(一)县财政三年安排600万元(2024年200万元、2025年400万元)。\n(二)宣传。\n",
    },
)
