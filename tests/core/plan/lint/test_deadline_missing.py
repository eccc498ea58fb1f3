from tests.core.plan.lint.cases import PLAN, rule_cases

test_is_reported, test_is_left_alone = rule_cases(
    "deadline_missing",
    reported={
        "a duration of a service is no deadline": (
            "青禾县绿化工作方案\n\n一、主要任务\n(一)栽植树木。栽植树木500株。\n(二)审批采伐。受理后3日内答复。\n(三)保护古树。建立古树档案。\n",
            [
                "plan.deadline-missing «青禾县绿化工作方案» 《青禾县绿化工作方案》的 3 项任务都没有完成时限，请补上",
            ],
        ),
        "one task was forgotten": (
            "青禾县绿化工作方案\n\n一、主要任务\n(一)栽植树木。6月底前完成。\n(二)养护树木。9月底前完成。\n(三)保护古树。建立档案。\n(四)采购苗木。3月底前完成。\n(五)巡查病虫。11月底前完成。\n",
            [
                "plan.task-without-deadline «(三)保护古树。» 任务“保护古树”没有写明完成时限，同级的其他任务都有，请补上",
            ],
        ),
        "no task has a deadline": (
            (
                "青禾县绿化工作方案\n\n"
                "一、主要任务\n"
                "(一)栽植树木。栽植树木500株。\n"
                "(二)养护树木。落实养护责任。\n"
                "(三)保护古树。建立古树档案。\n"
            ),
            [
                "plan.deadline-missing «青禾县绿化工作方案» 《青禾县绿化工作方案》的 3 项任务都没有完成时限，请补上",
            ],
        ),
    },
    left_alone={
        "a duration says when one of them is done": "青禾县绿化工作方案\n\n一、主要任务\n(一)栽植树木。栽植树木500株。\n(二)养护树木。一年内全部完成。\n(三)保护古树。建立古树档案。\n",
        "what is done every month needs no date": "青禾县绿化工作方案\n\n一、主要任务\n(一)栽植树木。6月底前完成。\n(二)养护树木。9月底前完成。\n(三)保护古树。每月巡查一次。\n(四)采购苗木。3月底前完成。\n",
        "where several tasks have no date it is no slip": "青禾县绿化工作方案\n\n一、主要任务\n(一)栽植树木。6月底前完成。\n(二)养护树木。落实责任。\n(三)保护古树。建立档案。\n(四)采购苗木。3月底前完成。\n(五)巡查病虫。消除隐患。\n",
        "one deadline is enough": (
            "青禾县绿化工作方案\n\n"
            "一、主要任务\n"
            "(一)栽植树木。6月底前栽植树木500株。\n"
            "(二)养护树木。落实养护责任。\n"
            "(三)保护古树。建立古树档案。\n"
        ),
        "a plan for a year ends with the year": PLAN
        + ("(一)栽植树木。栽植树木500株。\n(二)养护树木。落实养护责任。\n(三)保护古树。建立古树档案。\n"),
        "a notice sets no tasks": ("关于做好绿化工作的通知\n\n一、栽植树木\n二、养护树木\n三、保护古树\n"),
    },
)
