"""What two versions of a plan changed, on plans made by hand."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.kernel.span import Span
from guatu.core.plan.diff import Change, TaskChange, diff_plans, match_tasks, target_couples
from guatu.core.plan.model import Coverage, Deadline, Document, Duty, Plan, SourceInfo, Target, Task

HERE = Span(0, 0)
TREES = Task("k1", ["二", "(一)", "1"], "实施环城绿廊补植工程", HERE, [Duty("lead", "县林业局", HERE)], ["t1"], ["d1"])
PIPES = Task("k2", ["二", "(一)", "2"], "改造老旧供水管网", HERE, [Duty("lead", "县水利局", HERE)])
PARKS = Task("k3", ["二", "(一)", "3"], "建设口袋公园", HERE, [Duty("responsible", "县住建局", HERE)])
PLANTED = Target("t1", "补植面积", ">=", 300, "亩", HERE)
JUNE = Deadline("d1", "2025-06", HERE)


def document(*tasks: Task, targets: tuple[Target, ...] = (PLANTED,), deadlines: tuple[Deadline, ...] = (JUNE,)):
    return Document(
        "青禾县城镇提升方案", "plan", HERE, tasks=list(tasks), targets=list(targets), deadlines=list(deadlines)
    )


def plan(*documents: Document) -> Plan:
    return Plan(SourceInfo("p.txt", "", 0, "txt"), list(documents), [], Coverage(0, 0, 0, 0))


def changed(task: Task, **fields: object) -> Task:
    return msgspec.structs.replace(task, **fields)


def only(changes: list[TaskChange]) -> TaskChange:
    assert len(changes) == 1, changes
    return changes[0]


def kinds(change: TaskChange) -> list[str]:
    return [c.kind for c in change.changes]


def test_a_task_that_only_the_new_plan_has_is_added():
    found = only(diff_plans(plan(document(TREES)), plan(document(TREES, PIPES))))
    assert (found.kind, found.old) == ("added", None)
    assert found.new is not None and found.new.title == "改造老旧供水管网"


def test_a_task_that_only_the_old_plan_has_is_removed():
    found = only(diff_plans(plan(document(TREES, PIPES)), plan(document(TREES))))
    assert (found.kind, found.new) == ("removed", None)


def test_tasks_renumbered_by_one_put_in_before_them_are_one_change_each():
    new = Task("k9", ["二", "(一)", "1"], "整治背街小巷", HERE)
    renumbered = [changed(t, path=["二", "(一)", str(n)]) for n, t in enumerate([TREES, PIPES, PARKS], start=2)]
    found = diff_plans(plan(document(TREES, PIPES, PARKS)), plan(document(new, *renumbered)))
    assert [c.kind for c in found] == ["added", "changed", "changed", "changed"]
    assert [kinds(c) for c in found[1:]] == [["renumbered"]] * 3
    assert found[1].changes[0] == Change("renumbered", ["二", "(一)", "1"], ["二", "(一)", "2"])


def test_two_tasks_that_changed_places_are_renumbered_not_retitled():
    swapped = [changed(PIPES, path=TREES.path), changed(TREES, path=PIPES.path)]
    found = diff_plans(plan(document(TREES, PIPES)), plan(document(*swapped)))
    assert [kinds(c) for c in found] == [["renumbered"], ["renumbered"]]


def test_a_title_with_a_few_other_words_is_retitled():
    found = only(diff_plans(plan(document(TREES)), plan(document(changed(TREES, title="实施环城绿廊补植提升工程")))))
    assert found.changes == [Change("retitled", "实施环城绿廊补植工程", "实施环城绿廊补植提升工程")]


def test_another_title_over_the_same_words_is_retitled_when_the_texts_are_given():
    words = "对东环路两侧缺株断带的地段补植国槐和连翘,补植后由养护企业管护三年"
    old_text, new_text = "1.栽树。" + words, "4.绿廊工程。" + words
    old = Task("a", ["1"], "栽树", Span(0, len(old_text)))
    new = Task("b", ["4"], "绿廊工程", Span(0, len(new_text)))
    with_texts = diff_plans(plan(document(old)), plan(document(new)), old_text=old_text, new_text=new_text)
    assert kinds(only(with_texts)) == ["renumbered", "retitled"]
    assert {c.kind for c in diff_plans(plan(document(old)), plan(document(new)))} == {"added", "removed"}


def test_the_same_items_in_other_words_are_reworded():
    old_text, new_text = "1.栽树。沿路补植。", "1.栽树。沿东环路补植。"
    old, new = Task("a", ["1"], "栽树", Span(0, 9)), Task("a", ["1"], "栽树", Span(0, 11))
    found = diff_plans(plan(document(old)), plan(document(new)), old_text=old_text, new_text=new_text)
    assert kinds(only(found)) == ["reworded"]


def test_blanks_and_full_width_signs_are_no_change():
    old_text, new_text = "1.栽树(一期)。 沿路 补植。", "1.栽树（一期）。沿路补植。"
    old = Task("a", ["1"], "栽树(一期)", Span(0, len(old_text)))
    new = Task("a", ["1"], "栽树（一期）", Span(0, len(new_text)))
    assert diff_plans(plan(document(old)), plan(document(new)), old_text=old_text, new_text=new_text) == []


def test_a_unit_with_another_role_is_one_change():
    found = only(
        diff_plans(plan(document(TREES)), plan(document(changed(TREES, duties=[Duty("support", "县林业局", HERE)]))))
    )
    assert found.changes == [Change("duty-role", TREES.duties[0], Duty("support", "县林业局", HERE))]


def test_another_unit_is_one_removed_and_one_added():
    found = only(
        diff_plans(plan(document(TREES)), plan(document(changed(TREES, duties=[Duty("lead", "县城管局", HERE)]))))
    )
    assert kinds(found) == ["duty-removed", "duty-added"]


def test_another_value_of_a_target_is_a_changed_target():
    more = msgspec.structs.replace(PLANTED, value=450, id="t7")
    new = document(changed(TREES, targets=["t7"]), targets=(more,))
    assert only(diff_plans(plan(document(TREES)), plan(new))).changes == [Change("target-changed", PLANTED, more)]


def test_a_target_with_nearly_the_same_metric_is_a_changed_target():
    named = msgspec.structs.replace(PLANTED, metric="绿廊补植面积")
    found = only(diff_plans(plan(document(TREES)), plan(document(TREES, targets=(named,)))))
    assert kinds(found) == ["target-changed"]


def test_another_date_is_a_changed_deadline():
    later = msgspec.structs.replace(JUNE, iso="2025-09")
    found = only(diff_plans(plan(document(TREES)), plan(document(TREES, deadlines=(later,)))))
    assert found.changes == [Change("deadline-changed", JUNE, later)]


def test_a_target_of_the_whole_plan_is_compared_at_the_document():
    goal = Target("t5", "绿化覆盖率", ">=", 38, "%", HERE)
    higher = msgspec.structs.replace(goal, value=40)
    found = only(diff_plans(plan(document(targets=(goal,))), plan(document(targets=(higher,)))))
    assert (found.level, found.changes) == ("document", [Change("target-changed", goal, higher)])


def test_an_annex_that_is_gone_is_removed_with_its_tasks():
    annex = Document("青禾县供水方案", "annex", HERE, annex="附件1", tasks=[PIPES])
    found = diff_plans(plan(document(TREES), annex), plan(document(TREES)))
    assert [(c.level, c.kind) for c in found] == [("document", "removed"), ("task", "removed")]


def test_a_task_in_another_annex_has_moved():
    water = Document("青禾县供水方案", "annex", HERE, annex="附件1")
    green = Document("青禾县绿化方案", "annex", HERE, annex="附件2")
    old = plan(msgspec.structs.replace(water, tasks=[PIPES]), green)
    new = plan(water, msgspec.structs.replace(green, tasks=[PIPES]))
    assert only(diff_plans(old, new)).changes == [Change("moved", "附件1 青禾县供水方案", "附件2 青禾县绿化方案")]


def test_the_year_in_a_title_does_not_make_another_plan():
    old = Document("青禾县2024年绿化方案", "plan", HERE, tasks=[TREES])
    new = Document("青禾县2025年绿化方案", "plan", HERE, tasks=[TREES])
    assert [(c.level, kinds(c)) for c in diff_plans(plan(old), plan(new))] == [("document", ["retitled"])]


def test_a_plan_of_many_like_tasks_is_compared_in_linear_time():
    count = 6000
    old = [Task(f"a{n}", ["二", str(n)], f"建设第{n}号社区服务站", HERE) for n in range(count)]
    new = [Task(f"b{n}", ["三", str(n)], f"建设第{n}号社区服务站点", HERE) for n in range(count)]
    found = diff_plans(plan(document(*old)), plan(document(*new)))
    assert len(found) <= 2 * count


UNITS = st.sampled_from(["县林业局", "县水利局", "各镇人民政府", "县住建局<县城管局>"])
TITLES = st.text(alphabet="建设改造提升道路公园管网厂站", min_size=1, max_size=8)
PATHS = st.lists(st.sampled_from(["一", "二", "(一)", "(二)", "1", "2"]), min_size=1, max_size=3)
DUTIES = st.lists(
    st.builds(Duty, st.sampled_from(["lead", "responsible", "support"]), UNITS, st.just(HERE)), max_size=3
)
VALUES = st.one_of(st.integers(0, 9), st.just([1, 2]))


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    documents = []
    for _ in range(draw(st.integers(0, 2))):
        targets = [
            Target(f"t{n}", draw(TITLES), draw(st.sampled_from([">=", "=", "<="])), draw(VALUES), "处", HERE)
            for n in range(draw(st.integers(0, 3)))
        ]
        deadlines = [Deadline(f"d{n}", draw(st.sampled_from(["2025", "2025-06"])), HERE) for n in range(2)]
        tasks = [
            Task(
                f"k{n}",
                draw(PATHS),
                draw(TITLES),
                HERE,
                draw(DUTIES),
                draw(st.lists(st.sampled_from(["t0", "t1", "t2"]), max_size=2, unique=True)),
                draw(st.lists(st.sampled_from(["d0", "d1"]), max_size=2, unique=True)),
            )
            for n in range(draw(st.integers(0, 5)))
        ]
        annex = draw(st.sampled_from([None, "附件1", "附件2"]))
        documents.append(Document(draw(TITLES), "plan", HERE, annex, tasks=tasks, targets=targets, deadlines=deadlines))
    return plan(*documents)


@given(plans())
def test_a_plan_does_not_differ_from_itself(one: Plan):
    assert diff_plans(one, one) == []


@given(plans(), plans())
def test_swapping_the_versions_swaps_what_came_and_what_went(one: Plan, two: Plan):
    there, back = diff_plans(one, two), diff_plans(two, one)
    assert sorted(map(repr, map(swapped, back))) == sorted(map(repr, map(in_order, there)))


@given(plans(), plans())
def test_every_task_is_in_the_comparison_at_most_once(one: Plan, two: Plan):
    found = [c for c in diff_plans(one, two) if c.level == "task"]
    news, olds = [c.new for c in found if c.new], [c.old for c in found if c.old]
    tasks = [sum(len(d.tasks) for d in p.documents) for p in (one, two)]
    assert tasks[0] - tasks[1] == sum(c.kind == "removed" for c in found) - sum(c.kind == "added" for c in found)
    assert len(olds) <= tasks[0] and len(news) <= tasks[1]


SWAP = {"added": "removed", "removed": "added"}


def swapped(change: TaskChange) -> TaskChange:
    parts = [
        Change("-".join(SWAP.get(word, word) for word in c.kind.split("-")), c.new, c.old)  # type: ignore[arg-type]
        for c in change.changes
    ]
    kind = SWAP.get(change.kind, change.kind)
    return in_order(TaskChange(change.level, kind, change.new, change.old, parts))  # type: ignore[arg-type]


def in_order(change: TaskChange) -> TaskChange:
    return msgspec.structs.replace(change, changes=sorted(change.changes, key=repr))


def test_tasks_that_are_one_in_both_versions_are_coupled_whether_changed_or_not():
    moved_up = changed(PIPES, id="k7", path=["二", "(一)", "1"])
    retitled = changed(TREES, id="k8", title="实施环城绿廊补植提升工程")
    assert match_tasks(plan(document(TREES, PIPES, PARKS)), plan(document(moved_up, retitled))) == [
        ("k2", "k7"),
        ("k1", "k8"),
    ]


def test_a_task_is_coupled_or_reported_as_come_or_gone_never_both():
    old, new = plan(document(TREES, PIPES)), plan(document(changed(PIPES, id="k5"), changed(PARKS, id="k6")))
    coupled = match_tasks(old, new)
    changes = [c for c in diff_plans(old, new) if c.level == "task"]
    gone = {c.old.id for c in changes if c.kind == "removed" and c.old}
    came = {c.new.id for c in changes if c.kind == "added" and c.new}
    assert {i for i, _ in coupled} | gone == {"k1", "k2"} and not {i for i, _ in coupled} & gone
    assert {j for _, j in coupled} | came == {"k5", "k6"} and not {j for _, j in coupled} & came


def test_targets_are_coupled_as_equal_or_as_saying_another_thing():
    grown = Target("t7", "补植面积", ">=", 500, "亩", HERE)
    cleaned = Target("t2", "清淤长度", "=", 9, "公里", HERE)
    assert target_couples([PLANTED, cleaned], [cleaned, grown]) == ({1: 0}, {0: 1})
