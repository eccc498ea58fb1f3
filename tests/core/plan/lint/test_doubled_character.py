from tests.core.plan.lint.cases import PLAN, rule_cases

test_is_reported, test_is_left_alone = rule_cases(
    "doubled_character",
    reported={
        "before the words of a role": (
            PLAN + "(一)栽植树木。(县林业局、县卫健局局按职责分工负责,县气象局局具体实施)\n",
            [
                "plan.doubled-character «局局» “局、县卫健局局按职责分工”中“局”重复，请删去一个",
                "plan.doubled-character «局局» “责,县气象局局具体实施)”中“局”重复，请删去一个",
            ],
        ),
        "a character inside the name of a unit": (
            PLAN + "(一)栽植树木。(县林业业局牵头,县财财政局、县供电公公司配合)\n",
            [
                "plan.doubled-character «业业» “木。(县林业业局牵头,县”中“业”重复，请删去一个",
                "plan.doubled-character «财财» “局牵头,县财财政局、县供”中“财”重复，请删去一个",
                "plan.doubled-character «公公» “局、县供电公公司配合)”中“公”重复，请删去一个",
            ],
        ),
        "the last character of a word": (
            PLAN + "(一)严格格督导,定期期通报。\n",
            [
                "plan.doubled-character «格格» “(一)严格格督导,定期”中“格”重复，请删去一个",
                "plan.doubled-character «期期» “格督导,定期期通报。”中“期”重复，请删去一个",
            ],
        ),
        "a grammatical word twice": (
            PLAN + "(一)打造有特色的的绿化镇村。\n",
            [
                "plan.doubled-character «的的» “打造有特色的的绿化镇村。”中“的”重复，请删去一个",
            ],
        ),
        "the end of a unit twice": (
            PLAN + "(一)根据市委委、市政府部署栽植树木。\n",
            [
                "plan.doubled-character «委委» “一)根据市委委、市政府部”中“委”重复，请删去一个",
            ],
        ),
        "an office that is both short and long": (
            PLAN + "(一)由柳河街道办办事处组织实施。\n",
            [
                "plan.doubled-character «办办» “由柳河街道办办事处组织实”中“办”重复，请删去一个",
            ],
        ),
        "a unit pasted twice": (
            PLAN + "(一)由县自然资源局自然资源局组织实施。\n",
            [
                "plan.doubled-character «自然资源局自然资源局» “(一)由县自然资源局自然资源局组织实施。”中“自然资源局”重复，请删去一个",
            ],
        ),
        "the level twice": (
            PLAN + "(一)由县水利局、县县林业局组织实施。\n",
            [
                "plan.doubled-character «县县» “县水利局、县县林业局组织”中“县”重复，请删去一个",
            ],
        ),
        "a verb twice": (
            PLAN + "(一)加快推进推进苗木采购,由县人民政政府统筹。\n",
            [
                "plan.doubled-character «推进推进» “(一)加快推进推进苗木采购,”中“推进”重复，请删去一个",
                "plan.doubled-character «人民政政府» “采购,由县人民政政府统筹。”中“政”重复，请删去一个",
            ],
        ),
        "two commas": (
            PLAN + "(一)栽植树木,,养护树木。\n",
            [
                "plan.doubled-character «,,» “)栽植树木,,养护树木。”中“,”重复，请删去一个",
            ],
        ),
    },
    left_alone={
        "the second character begins another word": PLAN
        + "(一)落实财政政策,严格格局管控,推动动员工作,城市市场建设,东城城市管理局、市市场监管局参与。\n",
        "every township": PLAN + "(一)实现乡乡有驿站、村村有广场。\n",
        "words doubled on purpose": PLAN + "(一)做到人人参与、层层落实,扎扎实实推进村村通、户户通。\n",
        "one word ends and the next begins": PLAN
        + "(一)全县县级部门、各镇镇长、党委委员为了解情况,以公益为目的的活动作为主要内容。\n",
        "dots that leave something out": PLAN + "(一)栽植松树、柏树。。。。。。等树木。\n",
    },
)
