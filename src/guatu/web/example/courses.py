"""The cases of the example county: a sample of each pack with a flow, several of them, as far as they have come."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Course:
    """A sample of a pack: where, opened how many `days` before, by whom, and the steps since.

    `by` is a user name; nobody's is a citizen. A step is `step:move+days`, without a move forward, without days a few
    minutes after the step before. `stars` is what the citizen says of the result.
    """

    pack: str
    sample: int
    where: str
    days: int
    by: str
    steps: str
    stars: int = 0


COURSES = (
    Course("urban_management", 0, "东关街道", 1, "", ""),
    Course("urban_management", 1, "西关街道", 2, "", "file"),
    Course("urban_management", 2, "上湾村", 3, "", "file assign"),
    Course("urban_management", 3, "塔前村", 4, "", "file assign handle report_back"),
    Course("urban_management", 0, "白鹭镇", 5, "", "file assign handle report_back check close", 5),
    Course("disputes", 0, "上湾村", 9, "shangwan-cunwei", "accept village:settled+2"),
    Course("disputes", 1, "塔前村", 40, "shouli", "accept village+6 town:return+3 village:settled+4 look_back+20"),
    Course("disputes", 0, "大麦村", 34, "shouli", "accept"),
    Course("disputes", 1, "小麦村", 20, "shouli", "accept village+5 town+6"),
    Course("illegal_construction", 0, "河口村", 12, "caiji", "verify+2"),
    Course("illegal_construction", 1, "东关街道", 70, "caiji", "verify+2 self_correction+9 plan:return+5"),
    Course("illegal_construction", 0, "柏林镇", 90, "caiji", "verify+3 self_correction:corrected+8 acceptance+2"),
    Course("open_meetings", 0, "上湾村", 45, "shangwan-zhibu", "propose consult+5 deliberate+6 resolve+6"),
    Course("open_meetings", 0, "塔前村", 60, "taqian-zhibu", "propose consult+5 deliberate:return+4 consult+5"),
    Course("open_meetings", 1, "塔前村", 90, "taqian-zhibu",
           "propose consult+5 deliberate+6 resolve+6 publish_resolution+8 carry_out+30 publish_result+8"),
    Course("small_powers", 0, "上湾村", 50, "shangwan-cunwei",
           "propose discuss+2 publish+8 carry_out+9 watch+3 show_result+7 file_away+2"),
    Course("small_powers", 1, "塔前村", 21, "taqian-cunwei", "propose discuss+3 town_review:return+2 discuss+2"),
    Course("small_powers", 1, "上湾村", 30, "shangwan-cunwei", "propose discuss+2 town_review+3 publish+8 carry_out+9"),
    Course("stock_problems", 0, "南坡乡", 25, "caiji", "survey classify+1 plan+5 approve+2"),
    Course("stock_problems", 1, "松坪镇", 8, "caiji", "survey classify:return+2 survey+1"),
    Course("stock_problems", 0, "云台乡", 120, "caiji", "survey classify+1 plan+5 approve+2 fix+30 acceptance+3"),
    Course("volunteering", 0, "上湾村", 10, "shouli", "order show pick+1 deliver+3 rate+1"),
    Course("volunteering", 1, "塔前村", 15, "shouli", "order show pick+1 deliver:return+2 pick+1 deliver+2 rate+1"),
    Course("volunteering", 0, "大麦村", 6, "shouli", "order show"),
)  # fmt: skip
