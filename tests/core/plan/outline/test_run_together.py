"""Tables whose cells were copied right behind one another, and lists whose items end with names of offices."""

import pytest

from guatu.core.plan.compiler import compile_text

WORK = [
    ("对困难企业减免租金,减半收取三个月", "县财政局"),
    ("落实稳岗返还政策,按50%返还失业保险费", "县人社局、县税务局"),
    ("新建停车场5处,增加泊位500个", "县住建局、县交通局"),
]
SHORT = [(work, units.replace("县", "")) for work, units in WORK]
DESKS = [(WORK[0][0], "政策处"), (WORK[1][0], "信贷处、政策处"), (WORK[2][0], "外汇处")]
TITLE = "青禾县惠企措施责任分工表"
Rows = list[tuple[str, str]]


def told(text: str) -> Rows:
    (document,) = compile_text(text).plan.documents
    return [(task.title.split(",")[0], "、".join(duty.unit for duty in task.duties)) for task in document.tasks]


def wanted(rows: Rows) -> Rows:
    return [(work.split(",")[0], units) for work, units in rows]


LAYOUTS = {
    "on one line": ("序号措施责任单位", "{n}{work}。{units}"),
    "a line a row": ("\n序号措施责任单位\n", "{n}{work}。{units}\n"),
    "units before the words": ("序号责任单位措施", "{n}{units}{work}。"),
    "units before the words, a line a row": ("\n序号责任单位措施\n", "{n}{units}{work}。\n"),
    "limits before the units": ("序号措施完成时限责任单位", "{n}{work}。2024年6月底{units}"),
    "blanks between, the first head behind the title": ("序号 措施 责任单位 ", "{n} {work}。 {units} "),
    "numbers with a stop": ("措施责任单位", "{n}.{work}。{units}"),
    "numbers with a stop, heads with blanks": (" 措施 责任单位 ", "{n}.{work}。{units}"),
}


@pytest.mark.parametrize(("head", "row"), LAYOUTS.values(), ids=LAYOUTS.keys())
def test_rows_without_anything_between_their_cells_are_tasks(head: str, row: str) -> None:
    rows = "".join(row.format(n=n, work=work, units=units) for n, (work, units) in enumerate(WORK, start=1))
    assert told(TITLE + head + rows) == wanted(WORK)


NAMES = {"of one county, in short": ("责任单位", SHORT), "desks of one office": ("责任处室", DESKS)}
MANNERS = {
    "glued": ("措施{who}", "{n}.{work}。{units}"),
    "with numbers": ("序号措施{who}", "{n}{work}。{units}"),
    "with tabs": ("\n措施\t{who}\n", "{n}.{work}。\t{units}\n"),
    "one cell a line": ("\n措施\n{who}\n", "{n}.{work}。\n{units}\n"),
}


@pytest.mark.parametrize(("who", "work"), NAMES.values(), ids=NAMES.keys())
@pytest.mark.parametrize(("head", "row"), MANNERS.values(), ids=MANNERS.keys())
def test_names_without_a_county_in_front_are_units(head: str, row: str, who: str, work: Rows) -> None:
    rows = "".join(row.format(n=n, work=one, units=units) for n, (one, units) in enumerate(work, start=1))
    assert told(TITLE + head.format(who=who) + rows) == wanted(work)


def test_who_leads_and_who_helps_stand_right_behind_one_another() -> None:
    text = (
        TITLE
        + "序号措施牵头单位配合单位1修建水厂。县水利局县财政局、县审计局2改造管网。县住建局3治理河道。县水利局县住建局"
    )
    (document,) = compile_text(text).plan.documents
    assert [[(duty.role, duty.unit) for duty in task.duties] for task in document.tasks] == [
        [("lead", "县水利局"), ("support", "县财政局"), ("support", "县审计局")],
        [("lead", "县住建局")],
        [("lead", "县水利局"), ("support", "县住建局")],
    ]


def test_what_follows_a_table_of_a_line_a_row_is_no_row() -> None:
    text = (
        TITLE + "\n序号措施责任单位\n1修建水厂。县水利局\n2改造管网。县住建局\n(此件公开发布)\n三、附则\n按月报送。\n"
    )
    plan = compile_text(text).plan
    assert [table.rows for table in plan.tables] == [2]
    assert [section.title for section in plan.documents[0].sections] == ["附则"]
