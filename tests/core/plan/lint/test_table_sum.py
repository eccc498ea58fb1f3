from tests.core.plan.lint.cases import rule_cases

test_is_reported, test_is_left_alone = rule_cases(
    "table_sum",
    reported={
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
