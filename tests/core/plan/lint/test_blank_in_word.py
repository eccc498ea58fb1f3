from tests.core.plan.lint.cases import PLAN, rule_cases

test_is_reported, test_is_left_alone = rule_cases(
    "blank_in_word",
    reported={
        "a blank in the middle of a sentence": (
            PLAN + "(一)改善环境。做好道路保洁,严查乱扔垃 圾行为,确保整洁。\n",
            [
                "plan.blank-in-word «垃 圾» “扔垃 圾行”中间有多余的空格，请删去",
            ],
        ),
    },
    left_alone={
        "two organs side by side": PLAN
        + "(一)落实责任。按照省委 省政府部署,抓好《中共中央 国务院关于全面推进美丽中国建设的意见》落实,县委 县政府统一领导,做好工作。\n",
        "a person behind an office": PLAN + "(一)落实责任。成立专班,由副县长 王一平,负责日常工作。\n",
        "a slogan in quotation marks": PLAN + "(一)营造氛围。悬挂标语,张贴“人人植树造林 处处鸟语花香”横幅,广泛宣传。\n",
        "a name of two characters that is stretched": PLAN
        + "(一)落实责任,联系人:周 宁,电话:1234567。\n(二)栽植树木,责任领导:韩 立。按时完成任务。\n",
        "offices side by side": PLAN + "(一)改善环境。按照要求,由县财政局 县水利局联合发文,确保落实。\n",
        "a number behind its article": ("第一条 本办法适用于县城,各镇参照执行。\n第二条 各镇负责落实,按月上报。\n"),
        "a label stretched over its column": (
            "一、联系方式。电 话:62210000,传 真:62210001。\n二、办公地点,县政府三楼。\n"
        ),
    },
)
