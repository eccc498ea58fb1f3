from tests.core.plan.lint.cases import rule_cases

test_is_reported, test_is_left_alone = rule_cases(
    "table_sum",
    reported={
        "a row with its own total": (
            "青禾县造林任务表\n\n乡镇\t人工造林\t封山育林\t合计\n石桥镇\t1200\t800\t2000\n松岗镇\t900\t600\t1500\n雁岭乡\t1500\t700\t2300\n柏树乡\t800\t400\t1200\n",
            [
                "plan.table-sum-mismatch «2300» 合计栏写的是2300，本行相加是2200，请核对",
            ],
        ),
        "a total row without its last cells": (
            "青禾县改造任务表\n\n小区\t户数\t投资(万元)\t时限\n春和里\t860\t2100\t8月底前\n梧桐里\t720\t1800\t9月底前\n粮站\t640\t1500\t9月底前\n合计\t2220\t5600\n",
            [
                "plan.table-sum-mismatch «5600» 合计栏写的是5600，本列相加是5400，请核对",
            ],
        ),
        "a total below the column": (
            (
                "青禾县2024年改厕任务分工表\n\n"
                "一、任务分工\n"
                "单位\t现有(座)\t任务(座)\n"
                "王店镇\t1,200\t200\n"
                "李店镇\t800\t150\n"
                "赵店乡\t600\t90\n"
                "合计\t2,600\t430\n"
            ),
            [
                "plan.table-sum-mismatch «430» 合计栏写的是430，本列相加是440，请核对",
            ],
        ),
    },
    left_alone={
        "rows that add up": "青禾县造林任务表\n\n乡镇\t人工造林\t封山育林\t合计\n石桥镇\t1200\t800\t2000\n松岗镇\t900\t600\t1500\n雁岭乡\t1500\t700\t2200\n柏树乡\t800\t400\t1200\n",
        "a right total": (
            "青禾县2024年改厕任务分工表\n\n"
            "一、任务分工\n"
            "单位\t现有(座)\t任务(座)\n"
            "王店镇\t1,200\t200\n"
            "李店镇\t800\t150\n"
            "合计\t2,000\t350\n"
        ),
        "rates do not add up": (
            "青禾县2024年改厕任务分工表\n\n"
            "一、任务分工\n"
            "单位\t任务(座)\t普及率(%)\n"
            "王店镇\t200\t85\n"
            "李店镇\t150\t90\n"
            "合计\t350\t87\n"
        ),
        "subtotals": (
            "青禾县2024年改厕任务分工表\n\n"
            "一、任务分工\n"
            "单位\t任务(座)\n"
            "王店镇\t200\n"
            "小计\t200\n"
            "李店镇\t150\n"
            "小计\t150\n"
            "合计\t350\n"
        ),
    },
)
