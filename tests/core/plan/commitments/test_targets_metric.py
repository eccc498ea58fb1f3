"""The words of a metric stand alone in a cell."""

import pytest

from guatu.core.plan.commitments.targets import find_targets


def metrics(text: str) -> list[tuple[str, str | None]]:
    return [(t.metric, t.scope) for t in find_targets(text, text, [(0, len(text), "task")], 2025)]


@pytest.mark.parametrize(
    ("text", "metric", "scope"),
    [
        ("力争2027年中心城区渠道衬砌率≥90%", "渠道衬砌率", "中心城区"),
        ("到2027年底,全县渠道衬砌率达到90%以上", "渠道衬砌率", "全县"),
        ("每个乡镇选择至少2个村(社区)进行试点", "选择村(社区)", "每个乡镇"),
        ("三是新建示范驿站9处", "新建示范驿站", None),
        ("6月底前完成渠道衬砌20公里", "渠道衬砌", None),
        ("完成剩余20公里渠道衬砌", "剩余渠道衬砌", None),
        ("新建3-5个污水处理项目", "新建污水处理项目", None),
        ("新建一个24小时书屋", "新建24小时书屋", None),
        ("栽植红枫、白桦、香樟等乔木500株", "栽植乔木", None),
        ("实现40%左右的村组开通班车", "村组开通班车比例", None),
        ("按每15户不少于1个的标准配备垃圾桶", "每15户配备垃圾桶", None),
        ("居民出行300米见绿", "居民出行见绿", None),
        ("小微企业15个工作日内接电", "小微企业接电", None),
        ("蔬菜产值年均增长8%", "蔬菜产值年均增长", None),
        ("村级站点500米覆盖率达到100%", "村级站点500米覆盖率", None),
        ("打造产值超20亿元的产业集群3个", "打造产值超20亿元的产业集群", None),
        ("确保渠道溃口“零发生”", "渠道溃口发生", None),
    ],
)
def test_a_metric_is_what_is_measured_without_date_modality_and_comparison(
    text: str, metric: str, scope: str | None
) -> None:
    assert metrics(text) == [(metric, scope)]


def test_a_second_measure_of_the_same_thing_takes_its_words() -> None:
    assert [m for m, _ in metrics("新建果园9处、650亩")] == ["新建果园", "新建果园面积"]
    assert [m for m, _ in metrics("新建大桥2座488延米")] == ["新建大桥", "新建大桥长度"]


def test_parts_of_a_count_name_the_whole() -> None:
    found = [m for m, _ in metrics("改造管网86公里,其中干管24公里、支管62公里")]
    assert found == ["改造管网", "改造管网(干管)", "改造管网(支管)"]


def test_a_change_without_a_subject_takes_the_one_before() -> None:
    found = [m for m, _ in metrics("贷款平均利率降低至4.2%,较上年下降0.3个百分点")]
    assert found == ["贷款平均利率", "贷款平均利率较上年下降"]


def test_several_values_behind_one_word_each_have_their_metric() -> None:
    text = "渠道衬砌率、灌溉保证率、人均绿地面积分别达到85%、90%、12平方米以上"
    found = find_targets(text, text, [(0, len(text), "task")], 2025)
    assert [(t.metric, t.op, t.value) for t in found] == [
        ("渠道衬砌率", ">=", 85),
        ("灌溉保证率", ">=", 90),
        ("人均绿地面积", ">=", 12),
    ]


def test_what_only_the_last_of_several_metrics_spells_out_belongs_to_all() -> None:
    text = "茶叶、水果产量分别稳定在1.2万吨和3.5万吨左右"
    found = find_targets(text, text, [(0, len(text), "task")], 2025)
    assert [(t.metric, t.op, t.value) for t in found] == [("茶叶产量", "~", 1.2), ("水果产量", "~", 3.5)]


def test_values_of_several_years_name_their_year() -> None:
    text = "2025年、2026年、2027年分别完成30%、60%、100%"
    found = find_targets(text, text, [(0, len(text), "task")], 2025)
    assert [(t.metric, t.value) for t in found] == [("完成(2025年)", 30), ("完成(2026年)", 60), ("完成(2027年)", 100)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("修建沟渠45公里、机耕道28公里", ["修建沟渠", "修建机耕道"]),
        ("改造小区24个、楼栋180栋", ["改造小区", "改造楼栋"]),
        ("更新供水管网36公里和燃气管网22公里", ["更新供水管网", "更新燃气管网"]),
        ("栽植乔木500株、集栽1万株", ["栽植乔木", "栽植乔木(集栽)"]),
        ("建成敬老院8所幸福院60个", ["建成敬老院", "建成幸福院"]),
        (
            "建成敬老院8所幸福院60个新增床位1200张培训护理员500人次",
            ["建成敬老院", "建成幸福院", "新增床位", "培训护理员"],
        ),
    ],
)
def test_things_of_a_list_have_the_verb_of_the_first_and_their_own_noun(text: str, expected: list[str]) -> None:
    assert [m for m, _ in metrics(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "柳林镇:造林3000亩,植树5万株;石门乡:造林4000亩",
        "1.柳林镇:造林3000亩,植树5万株。\n2.石门乡:造林4000亩",
        "柳林镇(含林场):造林3000亩、植树5万株\n石门乡:造林4000亩",
    ],
)
def test_goals_behind_the_name_of_a_town_are_its_own(text: str) -> None:
    places = [scope.partition("(")[0] for _, scope in metrics(text) if scope]
    assert places == ["柳林镇", "柳林镇", "石门乡"]


def test_each_office_and_a_label_are_no_towns() -> None:
    assert [scope for _, scope in metrics("各乡镇:造林3000亩。责任乡镇:造林20亩")] == [None, None]
