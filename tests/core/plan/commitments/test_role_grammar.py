"""The grammar of roles and names: every word of its tables, every way to join names, in every layout."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.plan.commitments.duties import duty_texts, read_roles
from guatu.core.plan.commitments.names import find_names
from guatu.core.plan.commitments.role_words import CORE, LABELS, MANNER, phrase_at_end
from guatu.core.plan.commitments.units import split_units
from guatu.core.plan.compiler import compile_text
from guatu.core.plan.source.normal import normalise

HEAD = "白鹭县2024年供水工作方案\n\n一、主要任务\n"


def roles(text: str, units: tuple[str, ...] = ()) -> str:
    """All duties of a paragraph as L县水利局 R... S..., in order."""
    norm = normalise(text)
    known = find_names(norm, units)
    texts = duty_texts(norm, 0, len(norm), known)
    found = [d for t in texts for d in read_roles(norm, t.inner_start, t.inner_end, known)]
    return " ".join(d.role[0].upper() + d.unit for d in found)


def compiled(text: str, units: tuple[str, ...] = ()) -> list[str]:
    """The same of each task of a whole plan."""
    tasks = [task for document in compile_text(HEAD + text, units=units).plan.documents for task in document.tasks]
    return [" ".join(d.role[0].upper() + d.unit for d in task.duties) for task in tasks]


@pytest.mark.parametrize("word", CORE, ids=lambda word: word.word)
def test_every_word_of_role_does_what_its_sentence_shows(word) -> None:
    assert word.word in word.example
    assert roles("修好水厂。" + word.example) == word.gives
    assert any(given[0] == word.role[0].upper() for given in word.gives.split())


@pytest.mark.parametrize("label", LABELS, ids=lambda label: label.word)
def test_every_label_does_what_its_sentence_shows(label) -> None:
    assert label.word in label.example
    assert roles(label.example) == label.gives
    assert any(given[0] == label.role[0].upper() for given in label.gives.split())


@pytest.mark.parametrize("word", MANNER)
def test_words_of_manner_belong_to_the_role_before_and_behind(word: str) -> None:
    text = f"县水利局{word}负责"
    phrase = phrase_at_end(text, 0, len(text))
    assert phrase is not None
    assert (phrase.start, phrase.role) == (4, "responsible")


JOINED = {
    "and behind etc": ("县商务局、县农业局等和各乡镇人民政府负责", "R县商务局 R县农业局 R各乡镇人民政府"),
    "and behind etc with its noun": ("县农业局、县供销社等部门和各有关镇负责", "R县农业局 R县供销社 R各有关镇"),
    "and between offices": ("县民政局和县残联配合", "S县民政局 S县残联"),
    "as well as": ("县民政局以及各街道负责", "R县民政局 R各街道"),
    "and inside a name": ("县住房和城乡建设局、县文化和旅游局负责", "R县住房和城乡建设局 R县文化和旅游局"),
    "two bodies of one town": ("各镇党委和政府负责", "R各镇党委和政府"),
    "what belongs to the one before": ("县卫健局及所属单位负责", "R县卫健局及所属单位"),
    "two kinds of which each has several": ("各镇(区)和学校负责", "R各镇(区) R学校"),
    "so many departments": ("县公安局、县交通局等9个部门按职责分工负责", "R县公安局 R县交通局"),
    "short names of departments": ("水利、财政、住建等部门负责", "R水利 R财政 R住建"),
    "the role as a noun": ("县水利局为牵头单位,县财政局、各镇为责任单位", "L县水利局 R县财政局 R各镇"),
    "a discussion": ("县水利局会商县财政局负责", "L县水利局 S县财政局"),
    "a time in front": ("2024年6月底前完成,县水利局负责", "R县水利局"),
    "etc of several kinds": ("县公安局、县交通局等相关单位按照各自职责负责", "R县公安局 R县交通局"),
    "a name with another in brackets": ("县住建局(县城管局)牵头,各乡镇(街道)配合", "L县住建局(县城管局) S各乡镇(街道)"),
    "together with": ("由县水利局会同县财政局、县审计局负责", "L县水利局 S县财政局 S县审计局"),
    "together with, behind the lead": ("县水利局牵头,会同县财政局、县审计局组织实施", "L县水利局 S县财政局 S县审计局"),
    "guided by": ("县住建局指导,县城投公司、各镇具体负责", "S县住建局 R县城投公司 R各镇"),
    "lead and helpers": ("县水利局牵头,县财政局、各镇配合", "L县水利局 S县财政局 S各镇"),
    "what each is to do": ("县财政局负责资金保障,县水利局负责工程建设", "R县财政局 R县水利局"),
    "those behind the lead": ("县水利局牵头,县财政局、县审计局", "L县水利局 R县财政局 R县审计局"),
    "the role in front": ("牵头县水利局,配合县财政局、县审计局", "L县水利局 S县财政局 S县审计局"),
    "a lead that is marked": ("县水利局(牵头)、县财政局负责", "L县水利局 R县财政局"),
    "party and social organisations": ("县委组织部、各基层党组织负责", "R县委组织部 R各基层党组织"),
    "a number of villages": ("12个行政村负责", "R12个行政村"),
}


@pytest.mark.parametrize(("clause", "expected"), JOINED.values(), ids=JOINED.keys())
@pytest.mark.parametrize("layout", ["({})", "〔{}〕", "【{}】", "（{}。）"])
def test_names_and_roles_are_told_apart(clause: str, expected: str, layout: str) -> None:
    assert roles("修好水厂。" + layout.format(clause)) == expected


LABELLED = {
    "a label that is no role ends the names": ("负责部门:县住建局;适用范围:所有园区", "R县住建局"),
    "also behind a comma": ("责任单位:县市场监管局,适用对象:个体户", "R县市场监管局"),
    "persons are no units": ("牵头领导:王一平;牵头单位:县水利局;责任人:李二河", "L县水利局"),
    "a label without its colon": ("责任单位县水利局、县财政局", "R县水利局 R县财政局"),
    "a remark on the order": (
        "责任单位:县工信局、各镇;列首位的为牵头单位,下同。以下各项均涉及各镇,不再列出",
        "R县工信局 R各镇",
    ),
    "a sentence behind the names": ("责任单位:县水利局、各镇。各镇要抓好落实。", "R县水利局 R各镇"),
    "a time behind the names": ("责任单位:县水利局、各镇,2024年6月底前完成", "R县水利局 R各镇"),
    "which of several": ("第一牵头单位:县水利局;第二责任单位:县财政局", "L县水利局 R县财政局"),
    "at which level": ("市级责任单位:市水利局;县级责任单位:县水利局", "R市水利局 R县水利局"),
    "persons behind their offices": ("牵头单位:县水利局 张三丰;责任单位:县财政局 李四", "L县水利局 R县财政局"),
    "the same as above": ("牵头单位:县水利局;责任单位:同上", "L县水利局"),
    "shared as their duties are": ("责任单位:县水利局、县财政局按职责分工", "R县水利局 R县财政局"),
}


@pytest.mark.parametrize(("line", "expected"), LABELLED.values(), ids=LABELLED.keys())
@pytest.mark.parametrize("layout", ["({})", "〔{}〕", "{}"])
def test_labels_say_where_units_begin_and_end(line: str, expected: str, layout: str) -> None:
    assert roles(layout.format(line)) == expected


@pytest.mark.parametrize("bullet", ["——", "◆", "* ", "•"])
def test_a_labelled_line_may_begin_with_a_mark(bullet: str) -> None:
    text = f"(一)修水厂。抓紧修。{bullet}责任单位:县水利局、各镇\n(二)铺管网。抓紧铺。\n{bullet}责任单位:县水利局\n"
    assert compiled(text) == ["R县水利局 R各镇", "R县水利局"]


def test_lines_of_labels_before_a_number_that_is_missing_stay_with_their_item() -> None:
    text = "1.修水厂。抓紧修。\n牵头单位:县水利局\n责任单位:县财政局\n3.铺管网。抓紧铺。\n牵头单位:县住建局\n责任单位:各镇\n"
    assert compiled(text) == ["L县水利局 R县财政局", "L县住建局 R各镇"]


def test_a_label_behind_a_time_in_brackets_is_one() -> None:
    assert roles("修好水厂。(2024年6月底前完成;责任单位:县水利局)") == "R县水利局"


NOBODY = [
    "组建两个医共体(县医院牵头7家、县中医院牵头6家)。",
    "资金安排(含管网、泵站,由财政负责)。",
    "推行责任制(村级由书记负责)。",
    "完善档案(专人负责)。",
    "抓好培训(重点围绕政策解读、业务指导)。",
]


@pytest.mark.parametrize("text", NOBODY)
def test_brackets_that_give_nobody_a_role_name_nobody(text: str) -> None:
    assert roles(text) == ""


def test_the_grammar_holds_in_sentences_brackets_and_lines_of_a_plan() -> None:
    assert compiled(
        "(一)修水厂。县住建局指导,各镇具体负责实施。\n"
        "(二)铺管网。由县水利局会同县财政局、县审计局制定办法。\n"
        "(三)查水质。定期检测。(县卫健局等部门和各镇负责)\n"
        "(四)建泵站。\n责任单位:县水利局、县发改局;适用范围:全部园区\n"
    ) == ["S县住建局 R各镇", "L县水利局 S县财政局 S县审计局", "R县卫健局 R各镇", "R县水利局 R县发改局"]


KNOWN = ("县学校和社区体育办", "县移民、水库服务局", "县林草局", "县水务总站", "青禾水务")


def test_known_names_are_found_whole_and_unknown_ones_still_are_read() -> None:
    text = "(县学校和社区体育办、县移民、水库服务局、县财政局牵头,县林草局县水务总站配合)"
    names = "L县学校和社区体育办 L县移民、水库服务局 L县财政局 S县林草局 S县水务总站"
    assert roles(text, KNOWN) == names
    assert roles(text) != names


def test_known_names_make_a_bare_bracket_a_list_of_units() -> None:
    text = "(一)修水厂。建好水厂。(青禾水务)\n(二)铺管网。铺好管网。(县水利局)\n"
    assert compiled(text, KNOWN) == ["R青禾水务", "R县水利局"]
    assert compiled(text) == ["", "R县水利局"]


def test_a_longer_name_that_begins_with_a_known_one_is_not_cut() -> None:
    assert roles("(县林草局种苗站负责)", KNOWN) == "R县林草局种苗站"


NAMES = st.sampled_from(
    [
        "县水利局",
        "县委宣传部",
        "各乡镇人民政府",
        "各镇(街道)",
        "县住建局<县城管局>",
        "县残联",
        "国网白鹭供电公司",
        "县教体局",
    ]
)
BEHIND = st.sampled_from(
    [
        ("牵头", "lead"),
        ("配合", "support"),
        ("按职责分工负责", "responsible"),
        ("指导", "support"),
        ("具体实施", "responsible"),
    ]
)
GROUPS = st.lists(
    st.tuples(
        st.lists(NAMES, min_size=1, max_size=4, unique=True), BEHIND, st.sampled_from(["", "等部门", "等有关单位"])
    ),
    min_size=1,
    max_size=3,
)


@given(GROUPS, st.sampled_from([",", ";", "，"]), st.sampled_from(["({})", "〔{}〕"]))
def test_what_was_joined_is_read_back(groups, mark: str, layout: str) -> None:
    clause = mark.join("、".join(names) + etc + words for names, (words, _), etc in groups)
    expected = [f"{role[0].upper()}{name}" for names, (_, role), _ in groups for name in names]
    assert roles("修好水厂。" + layout.format(clause)).split() == expected


@given(st.text(alphabet="县水利财政局各镇、，,;和及等部门单位牵头负责配合指导会同:()责任适用范围。下同", max_size=60))
def test_no_name_ends_with_a_word_of_role_or_holds_a_label(text: str) -> None:
    norm = normalise(text)
    for start, draft in [(d.start, d) for d in read_roles(norm, 0, len(norm))]:
        assert not draft.unit.endswith(("牵头", "负责", "配合")) or len(draft.unit) == 2
        assert "单位:" not in draft.unit
        assert norm[start : draft.end].replace(" ", "") == draft.unit


def test_every_name_of_a_list_is_cut_at_the_same_marks() -> None:
    text = "县水利局、县财政局和县审计局及各镇"
    assert [name for name, _, _ in split_units(text, 0, len(text))] == ["县水利局", "县财政局", "县审计局", "各镇"]
