"""Documents and items as offices send them in which nobody is given anything to do, and what in them is a task."""

import pytest

from guatu.core.plan.compiler import compile_text


def tasks(text: str) -> list[str]:
    return ["/".join(task.path) for document in compile_text(text).plan.documents for task in document.tasks]


LETTERS = [
    (
        "a letter in lines",
        "致全县居民的一封信\n居民朋友们:\n大家好!春节将至,我们提醒大家:\n1.少放烟花爆竹。不在禁放区燃放。\n2.文明祭祀。不烧纸钱。\n青禾县人民政府\n2024年1月30日\n",
    ),
    ("an appeal with headings", "文明过节倡议书\n各位居民:\n一、节俭办事\n不大操大办。\n二、爱护环境\n垃圾入箱。\n"),
    (
        "a notice to everybody on one line",
        "紧急公告 广大市民朋友: 近日气温骤降。 一、减少外出。 二、检查水管,做好保温。 三、遇事拨打热线。",
    ),
    (
        "instructions for those who come home",
        "返乡人员告知书\n为做好服务,现告知如下:\n一、主动报备。到村登记。\n二、自觉监测。每日测温。\n",
    ),
]
NEWS = [
    (
        "a dateline",
        "青禾县出台五条措施\n青禾网青禾3月5日讯 县里出台措施。\n一、减免租金。减半收取。\n二、发放补贴。每户500元。\n",
    ),
    (
        "a reporter",
        "春耕忙 本报记者从县农业农村局获悉,全县抓紧春耕。 一、备足农资。备足化肥。 二、修好农机。检修500台。",
    ),
    (
        "somebody who speaks",
        "青禾县助企有招\n“订单多了。”县工信局局长李明介绍,“我们开了专窗。”\n一、上门服务。走访企业。\n二、减免费用。减半收取。\n",
    ),
]
MEETINGS = [
    ("who led it", "青禾县召开防汛会议\n3月5日,县委书记李明主持召开防汛会议。\n一要加强巡查。\n二要备足物资。\n"),
    ("what it said", "青禾县部署防汛\n会议指出,防汛事关大局。\n一、加强巡查。每日巡查。\n二、备足物资。\n"),
    (
        "what somebody stressed",
        "李明到柳林镇检查防汛 李明检查时强调,要抓紧抓实。 一、加强巡查。 二、备足物资,备足沙袋。",
    ),
]
HEAD = "青禾县人民政府办公室关于2024年度考核结果的通报\n各镇:\n现将考核结果通报如下:\n"
RESULTS = [
    ("groups with items", HEAD + "一、优秀单位\n1.县水利局\n2.县财政局\n二、良好单位\n1.县教育局\n2.县住建局\n"),
    ("groups with a line of names", HEAD + "一、优秀单位:县水利局、柳林镇\n二、良好单位:县教育局、县住建局\n"),
    ("marks", "青禾县考核结果公示\n现将结果公示如下:\n1.柳林镇98.5分\n2.石门镇96.2分\n"),
    ("who is praised, and where they work", "青禾县人民政府关于表彰造林先进的决定\n一、先进集体(2个)\n县水利局、柳林镇\n二、先进个人(2名)\n李明(县水利局)\n周宁(县财政局)\n"),
    ("who is appointed", "青禾县人民政府关于李明等同志任免的通知\n一、任命李明为县水利局局长。\n二、免去周宁的县财政局副局长职务。\n"),
    ("days off", "关于2024年放假安排的通知\n一、元旦:1月1日放假。\n二、春节:2月10日至17日放假。\n"),
    ("an answer", "县水利局关于县政协第12号提案的答复\n李明委员:\n您的提案收悉。\n一、保护水源。已划定5处。\n二、修建管网。已建10公里。\n"),
    ("who may apply for a post", "青禾县2024年招聘教师公告\n一、岗位\n教师50名。\n二、考试\n(一)笔试。\n(二)面试。\n"),
]  # fmt: skip
GUIDES = [
    ("sections", "青禾县稳岗补贴办理指南\n一、申请条件\n1.依法参保。\n二、办理流程\n1.网上申报。\n2.审核。\n"),
    (
        "a record for each matter",
        "青禾县惠企事项办理流程\n1.稳岗补贴\n申请条件:不裁员。\n2.租金减免\n申请条件:承租县属房屋。\n",
    ),
    (
        "what goods have to be",
        "青禾县农村公厕建设标准\n一、选址\n(一)距水源30米以上。\n二、面积\n(一)每座30平方米。\n(二)通风。\n",
    ),
]
RULES = [
    ("articles", "青禾县停车管理办法\n第一条 为规范停车,制定本办法。\n第二条 停车应当有序。\n第三条 违反规定的,依法处理。\n"),
    ("chapters", "青禾县节约用水条例\n第一章 总则\n第一条 为节约用水,制定本条例。\n第二章 用水\n第二条 用水实行定额。\n第三条 用户应当装表。\n"),
    (
        "behind the notice that issues them",
        "青禾县人民政府关于印发\n《青禾县人民政府工作规则》的通知\n各镇:\n现印发给你们。\n2024年3月1日\n"
        "第一章 总则\n一、政府依法行政。\n二、政府接受监督。\n第二章 会议\n三、会议每月召开一次。\n",
    ),
    ("rules in items", "青禾县人民政府工作规则\n一、总则\n政府依法行政。\n二、会议制度\n常务会议每月召开一次。\n三、附则\n"),
    ("issued by an order", "青禾县人民政府令\n第3号\n现予公布。\n2024年3月1日\n青禾县养犬管理规定(试行)\n第一条 为规范养犬,制定本规定。\n第二条 养犬应当登记。\n"),
]  # fmt: skip


FORMS = [*LETTERS, *NEWS, *MEETINGS, *RESULTS, *GUIDES, *RULES]


@pytest.mark.parametrize(("name", "text"), FORMS, ids=[form[0] for form in FORMS])
def test_what_is_written_to_everybody_told_or_laid_down_for_good_sets_no_tasks(name: str, text: str) -> None:
    assert tasks(text) == []


ASSIGNED = [
    ("in an article", "青禾县停车管理办法\n第一条 为规范停车,制定本办法。\n第二条 建设车位500个。(责任单位:县住建局)\n", ["第二条"]),
    ("in a piece of news", "青禾网青禾3月5日讯 县里出台措施。\n一、减免租金。减半收取。(县财政局负责)\n二、发放补贴。\n", ["一"]),
    ("a notice that news gives in full", "青禾网青禾3月5日讯 通知全文如下:\n一、减免租金。减半收取。\n二、发放补贴。每户500元。\n", ["一", "二"]),
    ("a plan that is called a method", "青禾县造林实施办法\n一、主要任务\n(一)栽树。栽植500亩。\n(二)管护。补植100亩。\n", ["一/(一)", "一/(二)"]),
    ("minutes", "青禾县政府常务会议纪要\n县长李明主持召开会议。\n一、防汛工作\n由县水利局牵头巡查。\n二、春耕工作\n备足化肥。\n", ["一", "二"]),
    ("tasks with what they are measured by", "青禾县造林重点任务及验收标准\n一、栽植树木\n栽植500亩。\n二、抚育林木\n抚育200亩。\n", ["一", "二"]),
    ("a plan that cites a meeting", "青禾县防汛工作方案\n为落实县委书记调研时强调的要求,制定本方案。\n一、加强巡查\n每日巡查。\n二、备足物资\n备足沙袋。\n", ["一", "二"]),
    ("work on praise", "关于做好表彰推荐工作的通知\n一、加强领导\n要重视。\n二、组织推荐\n推荐10人。\n三、严格审核\n逐级审核。\n", ["二", "三"]),
    ("work on days off", "关于做好放假期间防火工作的通知\n一、加强巡查\n每日巡查。\n二、严格值守\n每日值守。\n", ["一", "二"]),
    ("orders behind results", "关于考核结果的通报\n现将结果通报如下:\n一、优秀单位\n1.县水利局\n二、整改\n(一)补植树木。(责任单位:县林业局)\n", ["二/(一)"]),
    ("projects by name", "关于印发重点项目名单的通知\n一、主要任务\n1.修路。修5公里。\n2.建桥。建1座。\n", ["一/1", "一/2"]),
    ("a letter that a plan has sent", "青禾县禁放工作方案\n一、主要任务\n(一)广泛宣传。发放致居民的一封信。\n(二)加强巡查。每日巡查。\n", ["一/(一)", "一/(二)"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "paths"), ASSIGNED, ids=[c[0] for c in ASSIGNED])
def test_what_names_its_units_or_is_a_plan_is_one_whatever_it_is_called(name: str, text: str, paths: list[str]) -> None:
    assert tasks(text) == paths


PLAN = "青禾县助企工作方案\n一、主要任务\n(一)减免租金。减半收取。\n(二)发放补贴。每户500元。\n"
CITED = [
    ("a list of sources", "依据\n1.《青禾县租金减免办法》(青政发〔2024〕3号)\n2.《青禾县财政局关于补贴的通知》(青财〔2024〕5号)第三条\n"),
    ("with who issued them", "依据:\n1.青禾县财政局《关于减免租金的通知》\n2.青禾县住建局 青禾县财政局《关于减免租金的公告》(公告2024年第4号)。\n"),
    ("in brackets of their own", "[政策依据]\n(1)《中华人民共和国预算法》第四条第一款\n(2)《青禾县预算管理办法》附件\n"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "sources"), CITED, ids=[c[0] for c in CITED])
def test_the_documents_that_an_item_is_based_on_are_no_items_of_it(name: str, sources: str) -> None:
    assert tasks(PLAN + sources + "(三)开辟专窗。一次办成。\n") == ["一/(一)", "一/(二)", "一/(三)"]


def test_documents_to_be_drawn_up_are_tasks() -> None:
    text = "青禾县预案编制方案\n一、主要任务\n1.《青禾县防汛预案》(县水利局负责)\n2.修订《青禾县防火预案》\n3.印发《青禾县防震预案》\n"
    assert tasks(text) == ["一/1", "一/2", "一/3"]


LISTS = [
    ("telephones", "1.县慈善会 李明 电话:0101-2345678\n2.县红十字会 周宁 电话:0101-2345679\n"),
    ("addresses", "1.县医院 联系地址:人民路1号\n2.县中医院 联系地址:和平路2号。联系人:李明\n"),
    ("standards of goods", "1.口罩:符合GB 2626-2019\n2.手套:执行GB/T 10213标准\n3.护目镜:欧洲EN166标准\n"),
    ("persons", "(一)部门委员\n李  明  县教育局副局长\n周  宁  县财政局副局长\n王建国  县人社局局长\n(二)专家委员\n赵  新  县一中校长\n钱  进  县医院院长\n孙  立  县农技站站长\n"),
    ("what a body is and how it meets", "一、主要职能\n统筹全县职业教育工作。\n二、组成人员\n由县教育局等9个部门组成。\n三、工作规则\n每年召开两次会议。\n"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "items"), LISTS, ids=[c[0] for c in LISTS])
def test_a_list_of_people_or_goods_sets_no_tasks(name: str, items: str) -> None:
    assert tasks("青禾县人民政府办公室关于有关事项的通知\n各镇:\n现将有关事项通知如下。\n" + items) == []


def test_a_line_that_is_to_be_opened_is_a_task() -> None:
    items = "1.开通咨询热线,电话0101-2345678\n2.公布联系人:李明。每周更新。\n"
    assert tasks("青禾县助企方案\n一、主要任务\n" + items) == ["一/1", "一/2"]


def test_what_a_check_found_is_no_task_and_what_it_asks_for_is() -> None:
    text = "青禾县防火督查情况通报\n各镇:\n一、基本情况\n检查12个镇。\n二、存在问题\n(一)巡查不实。柳林镇未巡查。\n"
    text += "(二)台账不全。石门镇缺台账。\n三、下一步工作\n(一)抓紧整改。3月底前改完。\n(二)加强巡查。每日巡查。\n"
    assert tasks(text) == ["三/(一)", "三/(二)"]


APPLYING = [
    ("sections with items", "(一)受理条件\n1.依法参保。\n2.不裁员。\n(二)申请材料\n1.申请表。\n2.营业执照。\n"),
    (
        "labels and sentences",
        "(一)办理流程:网上申报,窗口审核。\n(二)受理方式及地点:县政务中心。\n(三)办理时限:5个工作日。\n",
    ),
    ("labels over lines", "1.申请条件\n依法参保。\n2.审批程序\n县人社局审核。\n3.咨询电话\n0101-2345678\n"),
]


@pytest.mark.parametrize(("name", "items"), APPLYING, ids=[c[0] for c in APPLYING])
def test_how_to_apply_is_no_list_of_tasks(name: str, items: str) -> None:
    text = "青禾县助企通知\n各镇:\n一、发放补贴\n每户500元。\n二、政策实施\n" + items + "三、加强监管\n每季检查。\n"
    assert tasks(text) == ["一", "三"]


def test_what_shortens_a_procedure_is_a_task() -> None:
    items = "1.办理时限压缩到3天。逐件登记。\n2.申请材料减少一半。列出清单。\n3.优化审批流程。并联审批。\n"
    assert tasks("青禾县助企方案\n一、主要任务\n" + items) == ["一/1", "一/2", "一/3"]


PAST = [
    ("how things went", "一、去年雨情和今年趋势\n去年雨量偏多。\n二、防汛工作\n(一)备足物资。备足沙袋。\n(二)加强巡查。每日巡查。\n"),
    ("why it came about", "一、险情成因\n连日大雨。\n二、防汛工作\n(一)备足物资。备足沙袋。\n(二)加强巡查。每日巡查。\n"),
    ("what was done", "一、处理情况\n已转移群众。\n二、防汛工作\n(一)备足物资。备足沙袋。\n(二)加强巡查。每日巡查。\n"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "items"), PAST, ids=[c[0] for c in PAST])
def test_a_section_on_how_things_stand_is_none_of_tasks(name: str, items: str) -> None:
    assert tasks("青禾县防汛工作意见\n" + items) == ["二/(一)", "二/(二)"]


FIELDS = [
    ("a support of people", "二、落实生活保障措施\n安排好食宿。\n"),
    ("a supply", "二、做好物资供应保障\n备足沙袋。\n"),
    ("a limit that is moved because of something", "二、根据汛情需要延长申报期限\n延长到6月底。\n"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "section"), FIELDS, ids=[c[0] for c in FIELDS])
def test_a_field_of_work_among_others_is_one_whatever_word_is_in_its_title(name: str, section: str) -> None:
    text = "关于做好防汛工作的通知\n各镇:\n一、加强巡查\n每日巡查。\n" + section + "三、严格值守\n每日值守。\n"
    assert tasks(text) == ["一", "二", "三"]


def test_a_safeguard_that_leads_the_work_is_none_wherever_it_stands() -> None:
    text = "关于做好防汛工作的通知\n各镇:\n一、加强巡查\n每日巡查。\n二、强化组织保障\n各镇要重视。\n三、严格值守\n每日值守。\n"
    assert tasks(text) == ["一", "三"]


SHARED_OUT = [
    ("under a heading", "(一)任务分工。县水利局负责施工,县财政局负责资金。\n"),
    ("without a heading", "(一)县水利局主要负责施工,县财政局具体负责资金,县审计局负责监督。\n"),
    ("with towns in brackets", "(一)任务分工:县水利局负责施工;各镇(街道)负责征地。\n"),
]


@pytest.mark.parametrize(("name", "item"), SHARED_OUT, ids=[c[0] for c in SHARED_OUT])
def test_an_item_that_shares_the_work_out_is_a_task_among_safeguards_too(name: str, item: str) -> None:
    text = "青禾县供水方案\n一、主要任务\n(一)修建水厂。建1座。\n二、保障措施\n" + item + "(二)加强宣传。\n"
    assert tasks(text) == ["一/(一)", "二/(一)"]


def test_what_offices_are_for_one_sentence_after_the_other_is_no_task() -> None:
    text = "青禾县供水方案\n一、主要任务\n(一)修建水厂。建1座。\n二、组织机构及职责\n"
    text += "(一)县水利局负责水源。县水利局负责水质。\n(二)县财政局负责资金。\n"
    assert tasks(text) == ["一/(一)"]
