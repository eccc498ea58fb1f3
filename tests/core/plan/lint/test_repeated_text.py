from tests.core.plan.lint.cases import PLAN, rule_cases

TERMS = "种植户凭身份证、土地承包合同和购苗发票到所在乡镇林业站申请,林业站三日内查验成活率,并把结果贴在村务公开栏里七天,无人有异议的,由县林业局汇总后拨付。"
UNITS = "责任单位:县林业局、县水利局、县财政局、县住建局、县交通局、县教育局、县卫健局、县文旅局、县商务局、县农业农村局、县自然资源局、各乡镇人民政府"

test_is_reported, test_is_left_alone = rule_cases(
    "repeated_text",
    reported={
        "a paragraph that was pasted into the next item": (
            PLAN + f"(一)苗木补助\n{TERMS}\n(二)水肥补助\n{TERMS}\n",
            [f"plan.repeated-text «{TERMS}» “{TERMS[:16]}…{TERMS[-7:]}”与前文重复，请删去一处"],
        ),
        "a paragraph that stands twice in one item of a guide": (
            PLAN
            + f"(一)苗木补助\n[申请人]种植户。\n{TERMS}\n[依据]县政府会议纪要。\n{TERMS}\n(二)水肥补助\n[申请人]合作社。\n[依据]同上。\n",
            [f"plan.repeated-text «{TERMS}» “{TERMS[:16]}…{TERMS[-7:]}”与前文重复，请删去一处"],
        ),
        "the number of the document": (
            ("青政办发〔2024〕13号\n青政办发〔2024〕13号 关于印发青禾县绿化工作方案的通知\n\n现印发给你们。\n"),
            [
                "plan.repeated-text «青政办发〔2024〕13号» “青政办发〔2024〕13号”与前文重复，请删去一处",
            ],
        ),
        "a paragraph pasted again": (
            PLAN
            + (
                "(一)栽植树木。对县城主干道、公园广场和居住小区分批栽植乔木灌木,做到栽一株活一株,栽一片绿一片,形成层次分明、四季有景的绿化格局,让群众推窗见绿、出门入园。\n"
                "(二)对县城主干道、公园广场和居住小区分批栽植乔木灌木,做到栽一株活一株,栽一片绿一片,形成层次分明、四季有景的绿化格局,让群众推窗见绿、出门入园。\n"
                "(三)对县城主干道、公园广场和居住小区分批栽植乔木灌木,做到栽一株活一株,栽一片绿一片,形成层次分明、四季有景的绿化格局,让群众推窗见绿、出门入园。\n"
            ),
            [
                "plan.repeated-text «对县城主干道、公园广场和居住小区分批栽植乔木灌木,做到栽一株活一株,栽一片绿一片,形成层次分明、四季有景的绿化格局,让群众推窗见绿、出门入园。» “对县城主干道、公园广场和居住小区…绿、出门入园。”与前文重复，请删去一处",
            ],
        ),
    },
    left_alone={
        "the terms of two items of a guide": PLAN
        + f"(一)苗木补助\n[申请人]种植户。\n{TERMS}\n[依据]县政府会议纪要。\n(二)水肥补助\n[申请人]合作社。\n{TERMS}\n[依据]县政府会议纪要。\n",
        "the units of two tasks": PLAN + f"(一)栽植树木。栽植500株。\n{UNITS}\n(二)养护树木。落实责任。\n{UNITS}\n",
        "short items alike": PLAN + ("(一)加强领导。\n(二)加强督查。\n二、保障措施\n(一)加强领导。\n"),
    },
)
