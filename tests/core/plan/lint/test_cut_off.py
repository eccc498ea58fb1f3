from tests.core.plan.lint.cases import PLAN, rule_cases

test_is_reported, test_is_left_alone = rule_cases(
    "cut_off",
    reported={
        "a last word that asks for another": (
            PLAN + "(一)栽植树木,考核结果作为年度评价的\n(二)养护树木。落实责任。\n",
            [
                "plan.cut-off «(一)栽植树木,考核结果作为年度评价的» “(一)栽植树木,考核结果作为年度评价的”以“的”结尾，内容不完整，请补全",
            ],
        ),
        "a paragraph that ends with a comma before the next heading": (
            PLAN + ("(一)栽植树木。经县政府同意,\n(二)养护树木。落实养护责任。\n"),
            [
                "plan.cut-off «(一)栽植树木。经县政府同意,» “(一)栽植树木。经县政府同意,”以“,”结尾，内容不完整，请补全",
            ],
        ),
        "a last sentence without an end": (
            PLAN + ("(一)加强领导。为确保完成任务,成立青禾县绿化工作领导小组\n(二)养护树木。落实养护责任。\n"),
            [
                "plan.unfinished-sentence «成立青禾县绿化工作领导小组» “成立青禾县绿化工作领导小组”没有句末标点，内容可能不完整，请检查",
            ],
        ),
    },
    left_alone={
        "items that are clauses of one sentence": PLAN + "(一)抓好以下工作,\n1.栽树,\n2.浇水,\n3.护林。\n",
        "longer clauses of one sentence": PLAN
        + "(一)做好管护。要求:\n1.春季栽树时选好苗木,\n2.夏季浇水时避开高温,\n3.秋季修剪时保护好树形。\n",
        "a word that only looks as if it asked for more": PLAN
        + "(一)提高能力。加强培训,科学应对\n(二)加强演练。方案须经会议审议,表决通过\n(三)加强联动。多方发力,共同参与\n",
        "a document that sets no stops": PLAN
        + "(一)栽树。在河边栽树,栽植柳树五百株\n(二)浇水。每周给新栽的树浇水一次\n(三)护林。设护林员,每天在林区巡护\n(四)修剪。每年冬季给行道树修剪一次\n",
        "units behind a label need no stop": PLAN
        + "(一)栽植树木。栽植500株。责任单位:县林业局、县水利局、县财政局\n(二)养护树木。落实责任。\n",
        "peace ends a sentence too": PLAN + "(一)维护社会稳定,促进家庭和谐,保持气候温和\n(二)养护树木。落实责任。\n",
        "a heading has no full stop": PLAN + ("(一)栽植树木\n栽植树木500株。\n(二)养护树木\n落实养护责任。\n"),
        "a sentence that a bracket of units closes": PLAN
        + ("(一)栽植树木。栽植树木500株(县林业局负责)\n(二)养护树木。落实养护责任。\n"),
        "a signature at the end": PLAN + "(一)栽植树木。请于年底前报送总结。 青禾县林业局\n",
    },
)
