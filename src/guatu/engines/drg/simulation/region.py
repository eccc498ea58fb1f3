"""A region that does not exist: hospitals, groups, and stays of a year from a seed, for trying out and for measuring.

Costs are log-normal about the mean of their group, as stays are; hospitals differ in cost, size and the cases they
take. Three hospitals misbehave on purpose, so that quality control has something to find: `UPCODES`, `SPLITS`,
`REFUSES`.
"""

from typing import Any

import numpy as np

LEVELS = ("三级", "二级", "一级")
_SHARE_OF_LEVEL = (0.16, 0.5, 0.34)
_SIZE_OF_LEVEL = np.array([6.0, 2.0, 0.6])
_COST_OF_LEVEL = np.array([1.15, 1.0, 0.85])
_NAMES = ("清溪", "云峰", "白石", "南塘", "东湖", "松岭", "青禾", "柳林", "石桥", "梅坪")
_KINDS = ("人民医院", "中医医院", "妇幼保健院", "第二医院", "中心卫生院")
UPCODES, SPLITS, REFUSES = 2, 9, 11
"""Positions of hospitals."""
_ADRGS = 200
_GRADES = ("1", "3", "5")
_GRADE_SHARE = (0.12, 0.28, 0.6)
_GRADE_COST = np.array([1.7, 1.2, 0.9])
_FIRST = "BCDEFGHIJKLMNORSTUVWX"
BED_DAY, CHEMOTHERAPY = "TR19", "RE19"


def hospitals_table(count: int, seed: int) -> Any:
    """Codes, names and levels of `count` hospitals; scores of an assessment."""
    import pyarrow as pa

    random = np.random.default_rng(seed)
    level = _levels(count)
    names = [f"{_NAMES[n % len(_NAMES)]}{_KINDS[n // len(_NAMES) % len(_KINDS)]}" for n in range(count)]
    return pa.table(
        {
            "hospital": [code(n) for n in range(count)],
            "name": names,
            "level": [LEVELS[at] for at in level],
            "score": [str(score) for score in random.integers(84, 101, count)],
        }
    )


def stays_table(rows: int, hospitals: int, year: int, seed: int) -> Any:
    """A table of grouped stays discharged in `year`; the same seed gives the same region in every year."""
    import pyarrow as pa

    region, random = np.random.default_rng(seed), np.random.default_rng((seed, year))
    level = _levels(hospitals)
    groups, mean = _groups(region)
    hospital = random.choice(hospitals, rows, p=_normal(_SIZE_OF_LEVEL[level] * region.uniform(0.6, 1.4, hospitals)))
    adrg = _adrgs(random, mean, hospital, level[hospital])
    grade = random.choice(len(_GRADES), rows, p=_GRADE_SHARE)
    coded = grade.copy()
    raised = (hospital == UPCODES) & (grade == 2) & (random.random(rows) < 0.45)
    coded[raised] = 0
    factor = _COST_OF_LEVEL[level[hospital]] * region.uniform(0.88, 1.12, hospitals)[hospital]
    centre = mean[adrg] * _GRADE_COST[grade] * factor
    cost = np.maximum((centre * random.lognormal(-0.08, 0.4, rows)).astype(np.int64), 30_000)
    days = np.clip((cost / 100_000 * random.uniform(0.5, 1.4, rows)).astype(np.int64), 1, 70)
    begin = np.datetime64(f"{year}-01-01") + random.integers(0, 290, rows)
    patient, begin = _patients(random, rows, hospital, begin, days, adrg)
    fund = cost * random.integers(55, 76, rows) // 100
    words = np.array(groups, object)[adrg * len(_GRADES) + coded]
    words[random.random(rows) < 0.008] = "0000"
    return pa.table(
        {
            "id": pa.array(np.char.add(f"{year}-", np.arange(rows).astype(str))),
            "hospital": pa.array(np.array([code(n) for n in range(hospitals)], object)[hospital]).dictionary_encode(),
            "patient": pa.array(np.char.add("P", patient.astype(str))),
            "drg": pa.array(words).dictionary_encode(),
            "admitted": pa.array(begin.astype(str)).dictionary_encode(),
            "discharged": pa.array((begin + days).astype(str)).dictionary_encode(),
            "cost": pa.array(yuan(cost)),
            "fund": pa.array(yuan(fund)),
        }
    )


def code(number: int) -> str:
    """The code of a hospital."""
    return f"H{number + 1:03}"


def yuan(fen: Any) -> Any:
    """Whole fen as text in yuan."""
    whole, rest = np.divmod(fen, 100)
    return np.char.add(np.char.add(whole.astype(str), "."), np.char.zfill(rest.astype(str), 2))


def _levels(count: int) -> Any:
    edges = np.cumsum(_SHARE_OF_LEVEL) * count
    return np.searchsorted(edges, np.arange(count), side="right").clip(0, 2)


def _groups(region: Any) -> tuple[list[str], Any]:
    """Codes by ADRG and grade, and the mean cost of each ADRG in fen."""
    stems = [f"{_FIRST[n % len(_FIRST)]}{chr(65 + n // len(_FIRST) * 2)}{n % 9 + 1}" for n in range(_ADRGS)]
    codes = [stem + grade for stem in stems for grade in _GRADES]
    mean = region.lognormal(13.35, 0.75, _ADRGS)
    return codes, mean


def _normal(weights: Any) -> Any:
    return weights / weights.sum()


def _adrgs(random: Any, mean: Any, hospital: Any, level: Any) -> Any:
    """Larger hospitals take heavier cases; one hospital sends the heaviest on."""
    rows = len(hospital)
    first, second = (random.integers(0, _ADRGS, rows) for _ in range(2))
    heavier = np.where(mean[first] > mean[second], first, second)
    lighter = np.where(mean[first] > mean[second], second, first)
    wants_heavy = random.random(rows) < np.array([0.6, 0.45, 0.2])[level]
    adrg = np.where(wants_heavy, heavier, lighter)
    sent_on = (hospital == REFUSES) & (mean[adrg] > np.quantile(mean, 0.8))
    return np.where(sent_on, lighter, adrg)


def _patients(random: Any, rows: int, hospital: Any, begin: Any, days: Any, adrg: Any) -> tuple[Any, Any]:
    """Patients come once or a few times; at one hospital every eighth stay is the second half of another."""
    patient = random.integers(0, max(rows * 3 // 4, 1), rows)
    at = np.flatnonzero(hospital == SPLITS)
    pairs = at[: len(at) // 8 * 2].reshape(-1, 2)
    begin = begin.copy()
    patient[pairs[:, 1]] = patient[pairs[:, 0]]
    adrg[pairs[:, 1]] = adrg[pairs[:, 0]]
    begin[pairs[:, 1]] = begin[pairs[:, 0]] + days[pairs[:, 0]] + 1
    return patient, begin
