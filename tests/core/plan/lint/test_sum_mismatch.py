from tests.core.plan.lint.cases import PLAN, rule_cases

test_is_reported, test_is_left_alone = rule_cases(
    "sum_mismatch",
    reported={
        "sources behind a colon": (
            PLAN + "(一)总投资2.08亿元:中央补助7200万元,省级补助5100万元,地方债券6500万元,县乡自筹1800万元。\n",
            [
                "plan.sum-mismatch «2.08亿元» 合计写的是2.08亿元，各分项相加是2.06亿元（7200万元+5100万元+6500万元+1800万元），请核对",
            ],
        ),
        "two sources of which the second is the rest": (
            PLAN + "(一)三年投入1.6亿元,其中财政资金6000万元、社会资本9000万元。\n",
            [
                "plan.sum-mismatch «1.6亿元» 合计写的是1.6亿元，各分项相加是1.5亿元（6000万元+9000万元），请核对",
            ],
        ),
        "four parts behind a sum": (
            PLAN + "(一)新增设备共42台,其中水泵2台、彩灯15台、风机13台、仪表10台。\n",
            [
                "plan.sum-mismatch «42台» 合计写的是42台，各分项相加是40台（2台+15台+13台+10台），请核对",
            ],
        ),
        "parts that exceed the total": (
            PLAN + "(一)总投资1000万元,其中中央资金500万元、省级资金300万元、县级自筹350万元。\n",
            [
                "plan.sum-mismatch «1000万元» 合计写的是1000万元，各分项相加是1150万元（500万元+300万元+350万元），请核对",
            ],
        ),
        "parts behind a colon that fall short": (
            PLAN + "(一)人工造林13万亩,其中:东片3.5万亩、西片5万亩、南片4000亩、北片3万亩。\n",
            [
                "plan.sum-mismatch «13万亩» 合计写的是13万亩，各分项相加是11.9万亩（3.5万亩+5万亩+4000亩+3万亩），请核对",
            ],
        ),
        "a total behind its parts": (
            PLAN + "(一)新建公路8公里、改建公路5公里、养护公路3000米,合计17公里。\n",
            [
                "plan.sum-mismatch «17公里» 合计写的是17公里，各分项相加是16公里（8公里+5公里+3000米），请核对",
            ],
        ),
        "a total in a sentence of its own": (
            PLAN + "(一)拨付苗木款373800元,人工费84900元,养护费6万元,机械费178050元。共拨付资金68.22万元。\n",
            [
                "plan.sum-mismatch «68.22万元» 合计写的是68.22万元，各分项相加是69.675万元（373800元+84900元+6万元+178050元），请核对",
            ],
        ),
        "parts of one sort that exceed a whole number by a tenth": (
            PLAN + "(一)造林3万亩,其中青山镇1.2万亩、白水镇0.8万亩、松林镇0.6万亩、柳河镇0.5万亩。\n",
            [
                "plan.sum-mismatch «3万亩» 合计写的是3万亩，各分项相加是3.1万亩（1.2万亩+0.8万亩+0.6万亩+0.5万亩），请核对",
            ],
        ),
        "a bracket": (
            PLAN + "(一)招聘人员15名(教师8名、医生6名)。\n",
            [
                "plan.sum-mismatch «15名» 合计写的是15名，各分项相加是14名（8名+6名），请核对",
            ],
        ),
        "steps under a total": (
            PLAN + "(一)园区道路绿化25条。一是东园道路绿化8条。二是西园道路绿化4条。三是南园道路绿化5条。\n",
            [
                "plan.sum-mismatch «25条» 合计写的是25条，各分项相加是17条（8条+4条+5条），请核对",
            ],
        ),
    },
    left_alone={
        "sources that add up": PLAN
        + "(一)总投资2.06亿元:中央补助7200万元,省级补助5100万元,地方债券6500万元,县乡自筹1800万元。\n",
        "two of several sources": PLAN + "(一)投入1.6亿元,其中省级资金6000万元、市级资金3000万元。\n",
        "units converted": PLAN + "(一)人工造林13万亩,其中:东片3.5万亩、西片5万亩、南片4000亩、北片4.1万亩。\n",
        "only some of the parts named": PLAN + "(一)总投资10亿元,其中中央资金3亿元。\n",
        "what follows the list is something else": PLAN + "(一)造林10万亩,其中东片4万亩、西片6万亩,抚育森林5万亩。\n",
        "rounded parts": PLAN + "(一)总投资5.2亿元,其中:一期1.4亿元、二期1.7亿元、三期2.0亿元。\n",
        "a rate is no part": PLAN + "(一)聘请人员35人,每人每月400元,每人每年800元,共35人、16.8万元。\n",
        "an inexact total": PLAN + "(一)造林约10万亩,其中:东片4万亩、西片6.5万亩。\n",
    },
)
