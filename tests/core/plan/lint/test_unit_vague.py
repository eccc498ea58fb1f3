from tests.core.plan.lint.cases import PLAN, rule_cases

test_is_reported, test_is_left_alone = rule_cases(
    "unit_vague",
    reported={
        "nobody supports": (
            PLAN + ("(一)栽植树木。(县林业局牵头,各相关部门配合)\n(二)养护树木。(县住建局牵头,各相关部门配合)\n"),
            [
                "plan.unit-vague «各相关部门» “各相关部门”没有写明是哪些单位，请列出名称（另有 1 处）",
            ],
        ),
        "nobody is to act": (
            PLAN + "(一)栽植树木。有关部门要做好苗木供应。\n",
            [
                "plan.unit-vague «有关部门» “有关部门”没有写明是哪些单位，请列出名称",
            ],
        ),
    },
    left_alone={
        "a notice that obliges all departments": "青禾县人民政府关于做好防火工作的通知\n\n一、主要任务\n(一)巡查。每日巡查。\n有关部门要加强检查。\n",
        "units by name": PLAN + "(一)栽植树木。(县林业局牵头,县水利局、各镇配合)\n",
        "a sentence of the safeguards": PLAN
        + ("(一)栽植树木。栽植500株。\n二、保障措施\n(一)加强领导。各有关部门要高度重视。\n"),
    },
)
