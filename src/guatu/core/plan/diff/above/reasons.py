"""Why a goal of a higher plan is held, weaker, missing or not known, in both languages."""

from typing import Final

REASONS: Final[dict[str, tuple[str, str]]] = {
    "same-name": ("指标名称相同", "the indicator has the same name"),
    "same-task": ("任务名称相同", "the task has the same title"),
    "not-named": ("下级方案没有这项", "the lower plan does not have it"),
    "named-without-figure": (
        "下级方案提到了“{name}”,但没有读出数字,请看原文",
        "the lower plan names “{name}”, but no figure was read there; look at its text",
    ),
    "name-alike": (
        "名称不同:上级为“{higher}”,下级为“{lower}”,是不是同一项要由人判断",
        "the names differ, “{higher}” above and “{lower}” below: whether they are one is for a person to say",
    ),
    "several-of-this-name": (
        "同名的有几处,判断不了对应哪一处",
        "there are several of this name, and nothing says which belongs to which",
    ),
    "figure-held": ("数值达到上级要求", "the figure is no weaker than the one above"),
    "figure-lower": ("数值低于上级:{lower},上级 {higher}", "the figure is lower: {lower}, {higher} above"),
    "figure-higher": (
        "数值超过上级的上限:{lower},上级 {higher}",
        "the figure is above the limit: {lower}, {higher} above",
    ),
    "striving": ("下级写的是力争,上级是必须达到", "the lower plan strives for what the one above demands"),
    "unit-differs": (
        "计量单位不同,不能比较:上级“{higher}”,下级“{lower}”",
        "the units differ and cannot be compared: “{higher}” above, “{lower}” below",
    ),
    "change-against-level": (
        "一个写的是增减幅度,一个写的是达到的数,不能比较",
        "one is a change, the other a level to reach; they cannot be compared",
    ),
    "direction-unsaid": (
        "数值不同,方案没有写是不低于还是不超过",
        "the figures differ, and no plan says whether it is a floor or a ceiling",
    ),
    "direction-differs": (
        "一个写不低于,一个写不超过,不能比较",
        "one is a floor, the other a ceiling; they cannot be compared",
    ),
    "about": ("下级写的是约数,不能判断是否达到", "the lower plan gives an approximate figure: it may fall short"),
    "range-across": (
        "下级写的是区间,下限达不到上级的要求",
        "the lower plan gives a range that begins below the figure above",
    ),
    "share-unsaid": (
        "上级写的是{area}的总数,没有写本地应承担多少",
        "the figure above is the total of {area}; which share falls to this place is not said",
    ),
    "area-unsaid": (
        "读不出两个方案各管哪个地方,总数能不能直接比较判断不了",
        "for which places the plans are made was not read, so totals cannot be compared",
    ),
    "scope-same": ("范围一致", "the scope is the same"),
    "scope-share": ("上级分给本地的任务", "the share that the plan above gives to this place"),
    "scope-of-area": ("上级是{area}的水平,按同样要求比较", "the level of {area}, taken as asked of this place as well"),
    "scope-narrower": ("范围变小:只对“{lower}”", "the scope is narrower: only “{lower}”"),
    "scope-differs": ("范围不同:上级“{higher}”,下级“{lower}”", "the scopes differ: “{higher}” above, “{lower}” below"),
    "deadline-held": ("时限不晚于上级", "the time limit is no later"),
    "deadline-later": ("时限推迟:{lower},上级 {higher}", "the time limit is later: {lower}, {higher} above"),
    "deadline-missing": ("下级没有写时限,上级 {higher}", "the lower plan sets no time limit; {higher} above"),
    "deadline-year-unsaid": (
        "时限没有写到哪一天,不能比较:上级 {higher},下级 {lower}",
        "a time limit says no day and cannot be compared: {higher} above, {lower} below",
    ),
}
"""Code: the sentence in Chinese and in English, for `str.format`."""
