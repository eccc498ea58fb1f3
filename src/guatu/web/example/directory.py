"""Units, places and people of the example county, 青禾县. None of them exists.

Units and places are made by the actions that people use: what the product refuses cannot stand in the example.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from guatu.web.base.actions import Context, perform
from guatu.web.base.actors import Actor
from guatu.web.base.models import Setting, User
from guatu.web.directory.actions.create_place import CreatePlace
from guatu.web.directory.actions.create_unit import CreateUnit
from guatu.web.directory.actions.merge_units import MergeUnits
from guatu.web.directory.actions.rename_unit import RenameUnit
from guatu.web.directory.models import Place, RoleGrant, Unit, UnitAlias
from guatu.web.directory.selectors.grants import grants_of
from guatu.web.directory.values import PlaceValues, UnitValues
from guatu.web.example.geography import town_boundaries, village_boundaries

SEED = 20250318
SINCE = datetime.date(2020, 1, 1)
COUNTY = "青禾县"
# The first two digits are those of a province, or the directory would refuse the code; no province has a prefecture 99.
COUNTY_CODE = "139923"
PASSWORD = "qinghe-demo-2025"

# code, full name, short name
DEPARTMENTS = (
    ("dcs", "青禾县人民政府督查室", "县政府督查室"),
    ("fgj", "青禾县发展和改革局", "县发展和改革局"),
    ("jyj", "青禾县教育体育局", "县教育体育局"),
    ("gxj", "青禾县工业和信息化局", "县工业和信息化局"),
    ("gaj", "青禾县公安局", "县公安局"),
    ("mzj", "青禾县民政局", "县民政局"),
    ("czj", "青禾县财政局", "县财政局"),
    ("zrj", "青禾县自然资源局", "县自然资源局"),
    ("zjj", "青禾县住房城乡建设局", "县住房城乡建设局"),
    ("cgj", "青禾县城市管理局", "县城市管理局"),
    ("jtj", "青禾县交通运输局", "县交通运输局"),
    ("slj", "青禾县水利局", "县水利局"),
    ("nyj", "青禾县农业农村局", "县农业农村局"),
    ("lyj", "青禾县林业局", "县林业局"),
    ("swj", "青禾县商务局", "县商务局"),
    ("wgj", "青禾县文化广电和旅游局", "县文化广电和旅游局"),
    ("wjj", "青禾县卫生健康局", "县卫生健康局"),
    ("yjj", "青禾县应急管理局", "县应急管理局"),
    ("scj", "青禾县市场监督管理局", "县市场监督管理局"),
    ("sjj", "青禾县数据局", "县数据局"),
    ("sthj", "云岭市生态环境局青禾分局", "市生态环境局青禾分局"),
    ("jgsw", "青禾县机关事务服务中心", "县机关事务服务中心"),
    ("hzb", "青禾县河长制办公室", "县河长制办公室"),
    ("jkq", "青禾经济开发区管理委员会", "青禾经济开发区管理委员会"),
    ("xfdd", "青禾县消防救援大队", "县消防救援大队"),
    ("shgz", "中共青禾县委社会工作部", "县委社会工作部"),
    ("tw", "共青团青禾县委员会", "团县委"),
    ("fl", "青禾县妇女联合会", "县妇联"),
    ("cl", "青禾县残疾人联合会", "县残联"),
    ("txb", "青禾县通信发展管理办公室", "县通信发展管理办公室"),
)
COMPANIES = (
    ("zls", "青禾县自来水公司", "县自来水公司"),
    ("gdgs", "青禾县供电公司", "县供电公司"),
    ("ctgs", "青禾县城市建设投资公司", "县城市建设投资公司"),
)
# The insurer and a hospital: no departments of the plans.
OTHERS = (
    ("ybj", "青禾县医疗保障局", "县医疗保障局"),
    ("h01", "青禾县人民医院", "县人民医院"),
)
TOWNS = (
    "东关街道", "西关街道", "临溪镇", "双塔镇", "麦岭镇", "松坪镇", "白鹭镇", "石桥镇", "柏林镇", "竹园乡", "云台乡", "南坡乡",
)  # fmt: skip

# By the code of the town's unit. The bodies of the first village of each of two towns have accounts of their own.
VILLAGES = {
    "t03": ("上湾村", "河口村", "柳坪村"),
    "t04": ("塔前村", "塔后村", "石井村"),
    "t05": ("大麦村", "小麦村"),
}
# End of the user name, what is shown, and the posts that it is meant for: those that decide one after another, or watch
# over each other, are kept apart by the packs.
BODIES = (
    ("zhibu", "党支部", ("branch",)),
    ("cunwei", "村委会", ("village_committee", "village_clerk", "village_mediator", "station", "team")),
    ("dangyuan", "党员大会", ("members_meeting",)),
    ("cunmin", "村民会议", ("villagers_meeting", "resident")),
    ("jiandu", "村务监督委员会", ("supervision_committee",)),
)
# The village's unit and the beginning of the user names.
WITH_BODIES = {"t03v1": "shangwan", "t04v1": "taqian"}

# What units were called before: code, full name, short name. Their present names stand above.
FORMER = {"sjj": ("青禾县大数据中心", "县大数据中心")}
# Gone since: code, full name, short name, and the code of the unit that took it in.
MERGED = (("lsj", "青禾县粮食和物资储备局", "县粮食和物资储备局", "fgj"),)
RENAMED_ON, RENAMED_BY = datetime.date(2022, 3, 1), "青编〔2022〕3号"
MERGED_ON, MERGED_BY = datetime.date(2023, 7, 1), "青编〔2023〕8号"

# user name, name shown, role, code of the unit
USERS = (
    ("admin", "系统管理员", "admin", ""),
    ("leader", "县领导", "leader", ""),
    ("ducha", "督查室", "supervision", "dcs"),
    ("shuili", "水利局", "lead", "slj"),
    ("zhujian", "住建局", "lead", "zjj"),
    ("chengguan", "城管局", "lead", "cgj"),
    ("linxi", "临溪镇", "town", "t03"),
    ("dongguan", "东关街道", "town", "t01"),
    ("shenji", "审计", "auditor", ""),
    ("shouli", "案件受理", "desk", ""),
    ("caiji", "采集员", "collector", ""),
    ("yibao", "医保局", "insurer", "ybj"),
    ("yiyuan", "人民医院", "hospital", "h01"),
)


def build() -> dict[str, User]:
    """Makes the county's directory and the demo accounts; users by name. What is there already stays."""
    for name, value in (("county.name", COUNTY), ("county.code", COUNTY_CODE)):
        Setting.objects.get_or_create(name=name, valid_from=SINCE, defaults={"value": value})
    # One slow hash for all: the password is public, and the demo starts sooner.
    password = make_password(PASSWORD)
    admin = _user(*USERS[0], password)
    context = _on(admin, SINCE)
    county = _place(context, COUNTY_CODE, PlaceValues(COUNTY, "county"))
    values = UnitValues(f"{COUNTY}人民政府", "县政府", category="county", place_id=county.pk)
    root = _unit(context, "gov", values).pk
    for first, category, rows in (
        (10, "department", (*DEPARTMENTS, *(row[:3] for row in MERGED))),
        (80, "company", COMPANIES),
        (90, "other", OTHERS),
    ):
        for code, values in _offices(rows, category, root, first):
            _unit(context, code, values)
    _towns(context, county.pk, root)
    _reorganise(admin)
    found = {name: _user(name, shown, role, unit, password) for name, shown, role, unit in USERS}
    return found | {name: _user(name, shown, "village", unit, password) for name, shown, unit in _village_accounts()}


def _on(user: User, day: datetime.date) -> Context:
    noon = timezone.make_aware(datetime.datetime.combine(day, datetime.time(12)))
    return Context(Actor(user, day, grants_of(user, day)), noon)


def _offices(
    rows: Iterable[tuple[str, str, str]], category: str, root: int, first: int
) -> Iterator[tuple[str, UnitValues]]:
    for order, (code, name, short) in enumerate(rows, first):
        names = FORMER.get(code, (name, short))
        yield code, UnitValues(*names, category=category, parent_id=root, order=order)


def _towns(context: Context, county: int, root: int) -> None:
    boundaries = town_boundaries(list(TOWNS), SEED)
    for n, name in enumerate(TOWNS, start=1):
        code, prefix = f"t{n:02d}", f"{COUNTY_CODE}{100 + n:03d}"
        place = _place(context, f"{prefix}000", PlaceValues(name, "town", county, boundaries[name])).pk
        full = f"{name}办事处" if name.endswith("街道") else f"{name}人民政府"
        unit = _unit(context, code, UnitValues(full, name, "area", "town", root, place, 100 + n))
        UnitAlias.objects.get_or_create(unit=unit, text=name)
        names = VILLAGES.get(code, ())
        borders = village_boundaries(boundaries[name], names, SEED) if names else {}
        for v, village in enumerate(names, start=1):
            values = PlaceValues(village, "village", place, borders[village])
            where = _place(context, f"{prefix}{200 + v:03d}", values).pk
            full = f"{name}{village}村民委员会"
            _unit(context, f"{code}v{v}", UnitValues(full, village, "area", "village", unit.pk, where, v))


def _reorganise(admin: User) -> None:
    """One office got another name, one went into another: what was done before is found under either."""
    known = {code: (name, short) for code, name, short in DEPARTMENTS}
    for code in FORMER:
        unit = Unit.objects.get(code=code)
        if not unit.successors.exists():
            action = RenameUnit(unit.pk, unit.row_version, *known[code], RENAMED_ON, RENAMED_BY)
            perform(action, _on(admin, RENAMED_ON))
    for code, _name, _short, into in MERGED:
        old, new = Unit.objects.get(code=code), Unit.objects.get(code=into)
        if not old.successors.exists():
            seen = {old.pk: old.row_version, new.pk: new.row_version}
            perform(MergeUnits(seen, new.pk, MERGED_ON, basis=MERGED_BY), _on(admin, MERGED_ON))


def bodies() -> Iterator[tuple[str, str]]:
    """The villages whose bodies have accounts: the beginning of the user names, and the village."""
    for unit, start in WITH_BODIES.items():
        town, _, number = unit.partition("v")
        yield start, VILLAGES[town][int(number) - 1]


def _village_accounts() -> Iterator[tuple[str, str, str]]:
    """User name, name shown and unit: five of a village whose bodies act each for itself, one of the others."""
    for town, names in VILLAGES.items():
        for v, village in enumerate(names, start=1):
            unit = f"{town}v{v}"
            if unit in WITH_BODIES:
                yield from ((f"{WITH_BODIES[unit]}-{end}", f"{village}{body}", unit) for end, body, _posts in BODIES)
            else:
                yield f"u-{unit}", f"{village}村委会", unit


def _place(context: Context, code: str, values: PlaceValues) -> Place:
    found = Place.objects.filter(code=code).first()
    return found or perform(CreatePlace(code, values, SINCE), context)


def _unit(context: Context, code: str, values: UnitValues) -> Unit:
    found = Unit.objects.filter(code=code).first()
    return found or perform(CreateUnit(code, values, SINCE), context)


def _user(name: str, shown: str, role: str, unit: str, password: str) -> User:
    user = User.objects.filter(username=name).first()
    if user is None:
        user = User.objects.create(username=name, password=password, display_name=shown)
    of = Unit.objects.get(code=unit) if unit else None
    scope = of if role not in ("supervision", "leader", "admin", "auditor") else None
    RoleGrant.objects.get_or_create(user=user, role=role, unit=scope, valid_from=SINCE)
    return user
