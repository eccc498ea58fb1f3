from tests.core.plan.lint.cases import PLAN, rule_cases

test_is_reported, test_is_left_alone = rule_cases(
    "count_mismatch",
    reported={
        "short names of places behind their number": (
            PLAN + "(一)新建3处服务站(春和、梧桐、粮站、东关)。\n",
            [
                "plan.count-mismatch «3处» 写的是“3处”，所列却是4~5项（春和、梧桐、粮站、东关），请核对",
            ],
        ),
        "names in quotation marks before their number": (
            PLAN + "(一)实施“头雁、归雁、雏雁”四雁工程。\n",
            [
                "plan.count-mismatch «四雁» 写的是“四雁”，所列却是3项（头雁、归雁、雏雁），请核对",
            ],
        ),
        "a list before the clause that sets its date": (
            PLAN + "(一)推出线路五条,即山水线、古镇线、红色线、田园线,2024年6月底前完成。\n",
            [
                "plan.count-mismatch «五条» 写的是“五条”，所列却是4项（山水线、古镇线、红色线、田园线），请核对",
            ],
        ),
        "a bracket with fewer names than promised": (
            PLAN + "(一)新建园区道路5项、8.1公里(青石路、白水路、松林路、柳河路工程)。\n",
            [
                "plan.count-mismatch «5项» 写的是“5项”，所列却是4项（青石路、白水路、松林路、柳河路工程），请核对",
            ],
        ),
        "a bracket with more names than promised": (
            PLAN + "(一)建成3个公园(人民公园、滨河公园、西山公园、北湖公园)。\n",
            [
                "plan.count-mismatch «3个» 写的是“3个”，所列却是4项（人民公园、滨河公园、西山公园、北湖公园），请核对",
            ],
        ),
        "a list behind 即 that is too short": (
            PLAN + "(一)广场绿化4处,即:东门广场、西门广场、南门广场。绿化面积3万平方米。\n",
            [
                "plan.count-mismatch «4处» 写的是“4处”，所列却是3项（东门广场、西门广场、南门广场），请核对",
            ],
        ),
        "more villages than the number behind 等": (
            PLAN + "(一)选取王湾村、李湾村、赵湾村等2个村开展试点。\n",
            [
                "plan.count-mismatch «2个» 写的是“2个”，所列却是3项（选取王湾村、李湾村、赵湾村），请核对",
            ],
        ),
        "towns in a row beside their number": (
            PLAN + "(一)供水延伸到王店镇、李店镇、赵店乡4个乡镇。\n",
            [
                "plan.count-mismatch «4个» 写的是“4个”，所列却是3项（供水延伸到王店镇、李店镇、赵店乡），请核对",
            ],
        ),
        "groups counted with 大": (
            PLAN + "(一)聚焦茶叶、毛竹、油茶四大特色产业。\n",
            [
                "plan.count-mismatch «四大» 写的是“四大”，所列却是3项（聚焦茶叶、毛竹、油茶），请核对",
            ],
        ),
        "the figure in a name beside its explanation": (
            PLAN + "(一)落实“四会”(村民议事会、道德评议会、红白理事会)制度。\n",
            [
                "plan.count-mismatch «“四会”» 写的是“四会”，所列却是3项（村民议事会、道德评议会、红白理事会），请核对",
            ],
        ),
    },
    left_alone={
        "the number of the item is none of them": PLAN + "(二)抓好建设。\n二、构建三大支撑体系\n(一)建园区。建好。\n",
        "an article that announces its parts": PLAN + "3、打造四大平台\n(1)打造一处平台。建好。\n",
        "villages of the towns that are named": PLAN + "(一)完成临溪镇、白鹭镇、松坪镇、云台乡82个行政村治理任务。\n",
        "short names in the right number": PLAN + "(一)新建4处服务站(春和、梧桐、粮站、东关)。\n",
        "as many names as promised": PLAN + "(一)新建园区道路4项、8.1公里(青石路、白水路、松林路、柳河路工程)。\n",
        "names left out behind 等": PLAN + "(一)选取王湾村、李湾村、赵湾村等5个村开展试点。\n",
        "a name that holds 与, and a name with a number of its own": PLAN
        + "(一)道路绿化6条,即:青石路、白水路与松林路连接线、柳河路通北山2条路段、东门路、西门路。\n",
        "kinds of places in a bracket": PLAN + "(一)覆盖12个乡镇(街道、园区、农场)。\n",
        "a remark in a bracket": PLAN + "(一)用5个工作日(节假日、双休日、公休日除外)办结。\n",
        "two figures in one name": PLAN + "(一)推广“两品一标”(绿色食品、有机农产品、农产品地理标志)。\n",
        "a list of another sort before 等": PLAN + "(一)在王湾、李湾、赵湾等3个乡镇建设5个村级站点。\n",
    },
)
