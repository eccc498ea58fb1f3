from tests.core.plan.lint.cases import PLAN, rule_cases

test_is_reported, test_is_left_alone = rule_cases(
    "placeholder",
    reported={
        "a masked year": (
            ("青禾县绿化工作方案\n\n一、主要任务\n(一)在20xx年底前栽植树木500株。\n"),
            [
                "plan.placeholder «20xx» “在20xx年底前栽植”中的占位符还没有填写，请填上实际内容",
            ],
        ),
        "marks of one date are one finding": (
            ("青禾县绿化工作方案\n\n一、工作步骤\n(一)栽植阶段(20__年__月—20__年__月)。\n"),
            [
                "plan.placeholder «20__年__月—20__年__» “植阶段(20__年__月—20__年__月)”中的占位符还没有填写，请填上实际内容",
            ],
        ),
        "a name, a figure, a number of a document": (
            ("##县绿化工作方案\n青政办发〔2024〕  号\n\n一、主要任务\n(一)在xx镇栽植树木X亩。\n"),
            [
                "plan.placeholder «##» “##县绿化工作”中的占位符还没有填写，请填上实际内容",
                "plan.placeholder «〔2024〕  号» “青政办发〔2024〕 号”中的占位符还没有填写，请填上实际内容",
                "plan.placeholder «xx镇栽植树木X» “在xx镇栽植树木X亩”中的占位符还没有填写，请填上实际内容",
            ],
        ),
        "a label that waits": (
            PLAN + "(一)报送总结(邮箱:待定)。\n",
            [
                "plan.placeholder «待定» “待定)”中的占位符还没有填写，请填上实际内容",
            ],
        ),
        "a section that is only a mark": (
            ("青禾县绿化工作方案\n\n一、总体要求\nxxx\n二、主要任务\n(一)栽植树木。\n"),
            [
                "plan.placeholder «xxx» “体要求 xxx”中的占位符还没有填写，请填上实际内容",
            ],
        ),
        "figures that were left blank": (
            PLAN + "(一)栽植树木。新建   公里,投资　　万元,成活率达到%以上。\n",
            [
                "plan.placeholder «新建   公里» “新建 公里”中的占位符还没有填写，请填上实际内容",
                "plan.placeholder «投资　　万元» “投资 万元”中的占位符还没有填写，请填上实际内容",
                "plan.placeholder «%» “活率达到%以上”中的占位符还没有填写，请填上实际内容",
            ],
        ),
        "boxes and circles for figures": (
            PLAN + "(一)栽植树木。栽植□□亩,惠及○○户,投资1XX万元。\n",
            [
                "plan.placeholder «□□» “栽植□□亩”中的占位符还没有填写，请填上实际内容",
                "plan.placeholder «○○» “惠及○○户”中的占位符还没有填写，请填上实际内容",
                "plan.placeholder «1XX» “投资1XX万元”中的占位符还没有填写，请填上实际内容",
            ],
        ),
    },
    left_alone={
        "a text that shows how to write": PLAN + "(一)上报信息。报送格式:“××村于××月××日完成栽植”,每周一报。\n",
        "bold type of Markdown": PLAN + "●**镇区功能新突破。**镇区绿化覆盖率40%以上。\n",
        "lines of a form": ("附件1\n申请表\n\n姓名:______ 电话:____________\n单位名称________\n"),
        "sizes, addresses, headings of Markdown": (
            "# 青禾县绿化工作方案\n\n## 主要任务\n(一)树穴40×40厘米,登录www.xx.example查询,用X光检查。\n"
        ),
        "Chinese zeros": PLAN + "(一)自二○○四年起栽植树木。\n",
    },
)
