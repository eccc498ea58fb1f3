"""Every sentence of a drafted paper is true, of empty sets too: its numbers are read back and counted again."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guatu.web.base.actions import perform
from guatu.web.base.problems import Invalid
from guatu.web.dispatch.actions.edit_circular import EditCircular
from guatu.web.dispatch.actions.make_circular import MakeCircular
from guatu.web.dispatch.models import Circular, Light, Order, Period, Report
from guatu.web.dispatch.selectors.circular_figures import figures, tables_of
from guatu.web.dispatch.selectors.circular_sentences import SENTENCES, CircularFacts, drafted, first_title
from tests.web.dispatch.conftest import at
from tests.web.supervision.conftest import Office

pytestmark = pytest.mark.django_db
KEY = "2024-05"
UNITS = ("县水利局", "县财政局", "柳林镇", "石门镇", "城关镇")
LABELS = {"柳林镇": "柳林镇人民政府", "石门镇": "石门镇人民政府", "城关镇": "城关镇人民政府"}
DUE = datetime.date(2024, 6, 5)
EXPLAINED = {"type": "explained", "value": "red", "rule": "light.by-rule", "zh": "红灯", "en": "red"}


def number(pattern: str, text: str) -> int | None:
    found = re.search(pattern, text)
    return int(found[1].replace(",", "")) if found else None


@st.composite
def periods(draw: st.DrawFn) -> dict[str, Any]:
    pairs = st.tuples(st.integers(0, 2), st.sampled_from(UNITS))
    colours = st.sampled_from(draw(st.sampled_from([["green", "amber", "red", "grey"], ["grey"]])))
    lights = draw(st.dictionaries(pairs, colours, max_size=6))
    # The day on which each report came, counted from its due day; None where it did not.
    reports = draw(st.dictionaries(pairs, st.none() | st.integers(-3, 12), max_size=6))
    if draw(st.booleans()):
        # By chance alone hardly any unit would do everything well.
        fine = draw(st.sampled_from(UNITS))
        lights = {pair: "green" if pair[1] == fine else colour for pair, colour in lights.items()}
        lights[0, fine] = "green"
        reports = {pair: 0 if pair[1] == fine else day for pair, day in reports.items()}
        reports[0, fine] = draw(st.integers(-3, 1))
    return {
        "lights": lights,
        "reports": reports,
        "on": DUE + datetime.timedelta(draw(st.integers(-3, 12))),
        "closed": draw(st.booleans()),
        "orders": draw(st.lists(st.sampled_from(["issued", "replied", "closed"]), max_size=3)),
    }


def put(office: Office, period: Period, what: dict[str, Any]) -> None:
    tasks = (office.board.pipes, office.board.quality, office.board.patrol)
    for model in (Light, Report):
        model.objects.filter(period=period).delete()
    Order.objects.all().delete()
    Light.objects.bulk_create(
        Light(
            period=period, task=tasks[task], unit_id=office.unit(unit), colour=colour, rule="x",
            explained=EXPLAINED, on=what["on"], at=at(6, 1),
        )
        for (task, unit), colour in what["lights"].items()
    )  # fmt: skip
    Report.objects.bulk_create(
        Report(
            period=period, task=tasks[task], unit_id=office.unit(unit),
            state="due" if came is None else "accepted",
            submitted_at=None if came is None else at(6, 5) + datetime.timedelta(came),
        )
        for (task, unit), came in what["reports"].items()
    )  # fmt: skip
    Order.objects.bulk_create(
        Order(
            number=str(n), year=2024, serial=n + 1, plan=office.board.plan, unit_id=office.unit("柳林镇"),
            subject="x", text="x", issued_on=what["on"], due_on=DUE, state=state,
        )
        for n, state in enumerate(what["orders"])
    )  # fmt: skip
    period.state = Period.State.CLOSED if what["closed"] else Period.State.OPEN
    period.save()


def told_of_lights(text: str, lights: dict[tuple[int, str], str]) -> None:
    shown = list(lights.values())
    if not lights:
        assert "本期没有亮灯。" in text and "盏" not in text
        return
    assert number(r"共亮灯(\d+)盏", text) == len(shown)
    assert number(r"涉及(\d+)项任务", text) == len({task for task, _unit in lights})
    assert number(r"项任务、(\d+)个单位", text) == len({unit for _task, unit in lights})
    for word, colour in (("绿灯", "green"), ("黄灯", "amber"), ("红灯", "red"), (r"灰灯（未判定）", "grey")):
        assert number(rf"{word}(\d+)盏", text) == shown.count(colour)
    judged = len(shown) - shown.count("grey")
    rate = f"绿灯率{shown.count('green') / judged * 100:.1f}%" if judged else "不计算绿灯率"
    assert rate[:-3] in text


def told_of_reports(text: str, reports: dict[tuple[int, str], int | None], on: datetime.date) -> None:
    came = [day for day in reports.values() if day is not None and DUE + datetime.timedelta(day) <= on]
    if not reports:
        assert "本期无应报" in text and "份" not in text and "%" not in text.split("本期无应报")[1]
        return
    assert number(r"应报(\d+)份", text) == len(reports)
    assert number(r"已报(\d+)份", text) == len(came)
    if on <= DUE:
        assert "尚未截止，不计算报送率" in text and "及时率" not in text
    else:
        assert number(r"按时报送(\d+)份", text) == sum(day <= 0 for day in came)


def praised(what: dict[str, Any]) -> set[str]:
    """Counted by hand: something was due and all of it came in time, and of the judged lights all are green."""
    found = set()
    for unit in UNITS:
        colours = [colour for (_task, one), colour in what["lights"].items() if one == unit and colour != "grey"]
        came = [day for (_task, one), day in what["reports"].items() if one == unit]
        if colours and set(colours) == {"green"} and came and all(day is not None and day <= 0 for day in came):
            found.add(LABELS.get(unit, unit))
    return found if what["on"] > DUE else set()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(what=periods())
def test_the_numbers_of_every_sentence_are_those_that_are_counted(office: Office, what: dict[str, Any]) -> None:
    period = office.board.period(KEY)
    put(office, period, what)
    body = figures(period, "monthly", what["on"])
    circular, monthly = (drafted(kind, body) for kind in ("circular", "monthly"))
    for texts in (circular, monthly):
        overall, _, reports = texts["overall"].partition("\n")
        told_of_lights(overall, what["lights"])
        told_of_reports(reports, what["reports"], what["on"])
    told_of_the_behind(circular["behind"], what)
    named = (
        set(re.findall(r"[^、]+", circular["good"].split("本期应报")[0])) if "予以表扬" in circular["good"] else set()
    )
    assert named == praised(what) == {str(row[0]) for row in tables_of(body)["good"].rows}
    told_of_orders(monthly["orders"], what["orders"])
    for kind, texts in (("circular", circular), ("monthly", monthly)):
        marked = "截至" in texts["opening"] and "阶段性" in texts["opening"]
        assert marked == (not what["closed"]) == ("阶段性" in first_title(kind, body))


def told_of_the_behind(text: str, what: dict[str, Any]) -> None:
    reds = [pair for pair, colour in what["lights"].items() if colour == "red"]
    if reds:
        assert number(r"红灯(\d+)盏", text) == len(reds)
        assert number(r"(\d+)项任务", text) == len({task for task, _unit in reds})
        assert number(r"、(\d+)个单位", text) == len({unit for _task, unit in reds})
    else:
        assert "本期没有红灯。" in text
    late = [day for day in what["reports"].values() if day is None or DUE + datetime.timedelta(day) > what["on"]]
    assert number(r"有(\d+)份应报未报", text) == (len(late) if late and what["on"] > DUE else None)


def told_of_orders(text: str, states: list[str]) -> None:
    if not states:
        assert text == "本期没有新下达或未办结的督办单。"
        return
    assert number(r"督办单(\d+)份", text) == len(states)
    assert number(r"已销号(\d+)份", text) == states.count("closed")


def test_each_sentence_is_drawn_at_least_once(office: Office) -> None:
    """The property above sees both sides of each condition only if its periods reach them."""
    seen: set[str] = set()

    @settings(
        suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80, deadline=None, database=None
    )
    @given(what=periods())
    def look(what: dict[str, Any]) -> None:
        period = office.board.period(KEY)
        put(office, period, what)
        facts = CircularFacts(figures(period, "monthly", what["on"]))
        seen.update(one.text for some in SENTENCES.values() for key in some for one in some[key] if one.when(facts))

    look()
    every = {one.text for some in SENTENCES.values() for sentences in some.values() for one in sentences}
    unreached = {text for text in every - seen if not re.search("点名|指标|更正", text)}
    assert unreached == set()


def test_no_rate_is_written_of_nothing(office: Office) -> None:
    period = office.board.period(KEY)
    nobody = {"lights": {(0, "柳林镇"): "grey"}, "reports": {}, "on": DUE + datetime.timedelta(9), "closed": True}
    put(office, period, {**nobody, "orders": []})
    row = tables_of(figures(period, "circular", nobody["on"]))["ranking-town"].rows[0]
    assert row[6:] == ("未判定", 0, 0, "无应报", "无应报")


def test_a_paper_on_an_open_period_cannot_lose_its_mark(office: Office) -> None:
    circular = perform(MakeCircular(office.board.period(KEY).pk), office.context())
    assert circular.title.endswith("（截至2024年6月12日，阶段性）")
    assert circular.texts["opening"].startswith("截至2024年6月12日（阶段性，未结期），")
    kept = {"circular": circular.pk, "seen": circular.row_version}
    for values in (
        {"title": "关于五月进展的通报"},
        {"title": circular.title, "texts": {"opening": "现将情况通报如下。"}},
        {"title": circular.title, "texts": {"opening": "现将情况通报如下。\n截至今日，阶段性。"}},
    ):
        with pytest.raises(Invalid) as refused:
            perform(EditCircular(**kept, **values), office.context())
        assert refused.value.field == "title"
    perform(EditCircular(**kept, title=circular.title, texts={"demands": "抓紧。"}), office.context())
    assert Circular.objects.get(pk=circular.pk).texts["demands"] == "抓紧。"


def test_a_long_plan_does_not_push_the_mark_out_of_the_title(office: Office) -> None:
    office.board.plan.title = "长" * 190
    office.board.plan.save()
    circular = perform(MakeCircular(office.board.period(KEY).pk), office.context())
    assert len(circular.title) <= 200 and circular.title.endswith("阶段性）")
