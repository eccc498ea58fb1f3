from tests.core.plan.lint.cases import PLAN, rule_cases

test_is_reported, test_is_left_alone = rule_cases(
    "wrong_word",
    reported={
        "characters that look alike": (
            PLAN + "(一)栽植草坪200平方末,逐顶落实。\n",
            [
                "plan.wrong-word «平方末» “平方末”疑为“平方米”（见“草坪200平方末,逐顶落实”）",
                "plan.wrong-word «逐顶» “逐顶”疑为“逐项”（见“0平方末,逐顶落实。”）",
            ],
        ),
        "a word by its sound": (
            PLAN + "(一)近一步扩大绿化面积。按照布署栽植树木。\n",
            [
                "plan.wrong-word «近一步» “近一步”疑为“进一步”（见“务 (一)近一步扩大绿化面”）",
                "plan.wrong-word «布署» “布署”疑为“部署”（见“面积。按照布署栽植树木。”）",
            ],
        ),
        "a word by its looks": (
            PLAN + "(一)发动材民栽植树木,拔付资金20万元。\n",
            [
                "plan.wrong-word «材民» “材民”疑为“村民”（见“(一)发动材民栽植树木,”）",
                "plan.wrong-word «拔付» “拔付”疑为“拨付”（见“栽植树木,拔付资金20万”）",
            ],
        ),
        "a word that is right elsewhere": (
            PLAN + "(一)对连接两年不合格的单位予以通报,主动需相关部门对接。\n",
            [
                "plan.wrong-word «连接» “连接”疑为“连续”（见“(一)对连接两年不合格”）",
                "plan.wrong-word «需» “需”疑为“与”（见“通报,主动需相关部门对”）",
            ],
        ),
        "a form that the standard replaced": (
            PLAN + "(一)建立苗木台帐,按月更新台帐。\n",
            [
                "plan.nonstandard-word «台帐» “台帐”的规范写法是“台账”（另有 1 处）",
            ],
        ),
    },
    left_alone={
        "the ends of times": PLAN + "(一)栽树。年度末完成栽植500株,季度末完成自查,旬末完成调度,上半年末达到300株。\n",
        "the same characters at a seam": PLAN
        + "(一)走近一步看成活率;会同有关健康部门;教材委托印刷;自己经营苗圃;博士地位不变;规模清单已报。\n",
        "right words": PLAN + "(一)进一步部署,连接道路,建立台账。\n",
    },
)
