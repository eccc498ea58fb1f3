from tests.core.plan.lint.cases import PLAN, rule_cases

test_is_reported, test_is_left_alone = rule_cases(
    "misread_number",
    reported={
        "a nominal size": (
            PLAN + "(一)更换管径DN1OO至DN400的管道。\n",
            [
                "plan.misread-number «DN1OO» “DN1OO”中混入了字母，应为“DN100”",
            ],
        ),
        "a blank and a letter before a unit": (
            PLAN + "(一)新建厕所2 O座,安装设备6O架,提供岗位3l个。\n",
            [
                "plan.misread-number «2 O» “2 O”中混入了字母，应为“20”",
                "plan.misread-number «6O» “6O”中混入了字母，应为“60”",
                "plan.misread-number «3l» “3l”中混入了字母，应为“31”",
            ],
        ),
        "letters among figures": (
            PLAN + "(一)栽植树木l0万株,补植2O24株。\n",
            [
                "plan.misread-number «l0» “l0”中混入了字母，应为“10”",
                "plan.misread-number «2O24» “2O24”中混入了字母，应为“2024”",
            ],
        ),
        "letters alone before a unit": (
            PLAN + "(一)栽植树木IOOO亩。\n",
            [
                "plan.misread-number «IOOO» “IOOO”中混入了字母，应为“1000”",
            ],
        ),
        "the letter in front of an item": (
            ("青禾县绿化工作方案\n\n一、主要任务\n(l)栽植树木。\n(2)养护树木。\n"),
            [
                "plan.misread-number «l» “l”中混入了字母，应为“1”",
            ],
        ),
        "the letter O in a year": (
            ("青禾县绿化工作方案\n\n一、主要任务\n(一)到二O二五年栽植树木500株。\n"),
            [
                "plan.misread-number «二O二五» “二O二五”中混入了字母，应为“二〇二五”",
            ],
        ),
    },
    left_alone={
        "sizes and litres": PLAN + "(一)更换DN100管道,配备10l喷雾器、PE管。\n",
        "words and codes": PLAN + "(一)推广O2O模式和5G网络,监测PM2.5和CO2,养护L98号路旁树木,每株浇水10l。\n",
        "Roman numbers": ("青禾县绿化工作方案\n\n一、主要任务\n(I)栽植树木。\n(II)养护树木。\n"),
        "the right zero": PLAN + "(一)到二〇二五年栽植树木500株。\n",
    },
)
