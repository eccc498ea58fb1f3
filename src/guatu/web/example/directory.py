"""Units, places and people of the example county, 青禾县. None of them exists."""

from __future__ import annotations

import datetime

from django.contrib.auth.hashers import make_password
from django.utils.text import slugify

from guatu.web.base.models import Setting, User
from guatu.web.directory.models import Place, PlaceVersion, RoleGrant, Unit, UnitAlias, UnitVersion
from guatu.web.example.geography import town_boundaries

SEED = 20250318
SINCE = datetime.date(2020, 1, 1)
COUNTY = "青禾县"
COUNTY_CODE = "990123"
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
    """Makes the county's directory and the demo accounts; users by name."""
    for name, value in (("county.name", COUNTY), ("county.code", COUNTY_CODE)):
        Setting.objects.get_or_create(name=name, valid_from=SINCE, defaults={"value": value})
    county = _place(COUNTY_CODE, COUNTY, "county", None, None)
    root = _unit("gov", f"{COUNTY}人民政府", "县政府", "county", None, county, 0)
    for i, (code, name, short) in enumerate(DEPARTMENTS):
        _unit(code, name, short, "department", root, None, 10 + i)
    for i, (code, name, short) in enumerate(COMPANIES):
        _unit(code, name, short, "company", root, None, 80 + i)
    for i, (code, name, short) in enumerate(OTHERS):
        _unit(code, name, short, "other", root, None, 90 + i)
    boundaries = town_boundaries(list(TOWNS), SEED)
    for i, name in enumerate(TOWNS, start=1):
        place = _place(f"{COUNTY_CODE}{100 + i:03d}000", name, "town", county, boundaries[name])
        full = f"{name}办事处" if name.endswith("街道") else f"{name}人民政府"
        unit = _unit(f"t{i:02d}", full, name, "town", root, place, 100 + i)
        UnitAlias.objects.get_or_create(unit=unit, text=name)
    # One slow hash for all: the password is public, and the demo starts sooner.
    password = make_password(PASSWORD)
    return {name: _user(name, shown, role, unit, password) for name, shown, role, unit in USERS}


def _place(code: str, name: str, level: str, parent: Place | None, boundary: dict[str, object] | None) -> Place:
    place, _ = Place.objects.get_or_create(code=code)
    PlaceVersion.objects.get_or_create(
        place=place,
        valid_from=SINCE,
        defaults={"name": name, "level": level, "parent": parent, "boundary": boundary},
    )
    return place


def _unit(
    code: str, name: str, short: str, category: str, parent: Unit | None, place: Place | None, order: int
) -> Unit:
    unit, _ = Unit.objects.get_or_create(code=slugify(code))
    UnitVersion.objects.get_or_create(
        unit=unit,
        valid_from=SINCE,
        defaults={
            "name": name,
            "short_name": short,
            "category": category,
            "line": "area" if category == "town" else "line",
            "parent": parent,
            "place": place,
            "order": order,
        },
    )
    return unit


def _user(name: str, shown: str, role: str, unit: str, password: str) -> User:
    user = User.objects.filter(username=name).first()
    if user is None:
        user = User.objects.create(username=name, password=password, display_name=shown)
    of = Unit.objects.get(code=unit) if unit else None
    scope = of if role not in ("supervision", "leader", "admin", "auditor") else None
    RoleGrant.objects.get_or_create(user=user, role=role, unit=scope, valid_from=SINCE)
    return user
