"""The workbook of the first hour: its sheets and their columns, with the words that people use for them.

What a cell leaves empty stays as it is: so may the workbook that a county downloads be changed here and there and sent
again.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guatu.web.directory.selectors.choices import PLACE_LEVELS, ROLES
from guatu.web.directory.selectors.units import CATEGORIES
from guatu.web.kit.kinds import Choice, Code, Text
from guatu.web.kit.sheets import SheetKind

_SHORT, _LONG = 60, 120

COUNTY = SheetKind(
    "county",
    pgettext_lazy("sheet", "县"),
    (
        Text(
            "county",
            _("县(市、区)名称"),
            required=True,
            width=24,
            hint=_("全称"),
            example="青禾县",
            longest=_SHORT,
            heads=("县名", "县(市、区)", "县区名称", "名称"),
        ),
        Code(
            "code",
            _("区划代码"),
            width=14,
            hint=_("六位,第一次必填"),
            example="130990",
            longest=6,
            heads=("代码", "行政区划代码", "县代码"),
        ),
        Text(
            "issuer",
            _("发文机关(落款)"),
            width=40,
            hint=_("督办单、通报的落款;不填为县名加“人民政府督查室”"),
            example="青禾县人民政府督查室",
            longest=200,
            heads=("发文机关", "落款", "署名"),
        ),
    ),
    _("只填一行:本县的名称、代码和公文的落款。县级区域一并设立。"),
    ("县情", "县区", "基本信息", "本县"),
    most=50,
)
PLACES = SheetKind(
    "towns",
    pgettext_lazy("sheet", "乡镇街道"),
    (
        Text(
            "name",
            _("名称"),
            required=True,
            width=24,
            example="临溪镇",
            longest=_LONG,
            heads=("乡镇", "乡镇街道", "乡镇名称", "村名", "区域名称"),
        ),
        Code(
            "code",
            _("区划代码"),
            required=True,
            width=16,
            hint=_("写全 12 位、前 9 位或本县内的 3 位;村写全 12 位"),
            example="130990101",
            longest=12,
            heads=("代码", "行政区划代码", "统计用区划代码", "编码"),
        ),
        Choice("level", _("级别"), width=12, choices=PLACE_LEVELS, hint=_("不填按代码")),
        Text(
            "above",
            _("上级"),
            width=20,
            hint=_("名称或区划代码;不填按代码,乡镇属本县"),
            longest=_LONG,
            heads=("上级区域", "上级代码", "所属乡镇"),
        ),
    ),
    _(
        "一行一个乡镇、街道,也可以写村(社区)。代码已有的行是变更,从今天起;空着的格不改。"
        "“单位”表里没有写它的单位的,每个乡镇同时设立人民政府或街道办事处。"
    ),
    ("乡镇", "区域", "乡镇街道和村", "行政区划"),
)
UNITS = SheetKind(
    "units",
    pgettext_lazy("sheet", "单位"),
    (
        Text(
            "name",
            _("全称"),
            required=True,
            width=34,
            hint=_("法定名称"),
            example="青禾县水利局",
            longest=_LONG,
            heads=("名称", "单位", "单位名称", "单位全称", "部门", "部门名称"),
        ),
        Text(
            "short_name",
            _("简称"),
            width=18,
            hint=_("不填的,以县名开头的取“县水利局”这样的写法"),
            example="县水利局",
            longest=_SHORT,
            heads=("单位简称", "部门简称"),
        ),
        Text(
            "aliases",
            _("别名"),
            width=26,
            hint=_("几个别名用分号隔开,只增不减"),
            example="县水务局;水利局",
            longest=1000,
            heads=("其他名称", "又名", "曾用名"),
        ),
        Code(
            "code",
            _("编码"),
            width=14,
            hint=_("不填自动编;改全称的必须填,按编码找到它"),
            example="BM-001",
            longest=40,
            heads=("单位编码", "代码", "单位代码"),
        ),
        Choice(
            "category",
            _("类别"),
            width=14,
            choices=CATEGORIES,
            hint=_("不填为部门"),
            heads=("级别", "单位类别", "单位级别", "类型"),
        ),
        Text(
            "above",
            _("上级单位"),
            width=26,
            hint=_("名称、简称或编码,可以在同一张表里,先后不限"),
            longest=_LONG,
            heads=("上级", "主管单位", "隶属", "上级编码"),
        ),
        Text(
            "place",
            _("所在区域"),
            width=18,
            hint=_("名称或区划代码,乡镇和村的单位必填"),
            longest=_LONG,
            heads=("区域", "区划代码", "所在乡镇", "辖区"),
        ),
    ),
    _(
        "一行一个单位:县直部门、督查室、企业等。编码或全称已有的行是变更,从今天起;空着的格不改。"
        "撤销、合并、拆分请在机构页面办理。"
    ),
    ("部门", "机构", "单位名录", "县直部门"),
    {"above": "units", "place": "towns"},
)
PEOPLE = SheetKind(
    "people",
    pgettext_lazy("sheet", "人员"),
    (
        Text("name", _("姓名"), required=True, width=14, example="张三", longest=_SHORT, heads=("名字", "人员")),
        Text(
            "unit",
            _("单位"),
            width=30,
            hint=_("全称、简称、别名或编码;全县的角色可不填"),
            example="县水利局",
            longest=_LONG,
            heads=("所在单位", "工作单位", "任职单位", "部门", "代表单位"),
        ),
        Choice("role", _("角色"), width=16, choices=ROLES, hint=_("填了就开账号;不填只登记人员")),
        Text("phone", _("电话"), width=16, longest=30, heads=("手机", "手机号", "手机号码", "联系电话", "电话号码")),
        Code(
            "account",
            _("登录名"),
            width=18,
            hint=_("不填为姓名,重名的后面加数字"),
            longest=150,
            heads=("账号", "帐号", "用户名"),
        ),
        Text("title", _("职务"), width=14, hint=_("不填为经办人"), example="局长", longest=_SHORT, heads=("职位",)),
    ),
    _(
        "一行一个人和一个角色;一人几个角色的写几行。已有的人和账号只补上缺的,不重复开。"
        "新开的账号录入后显示一次初始密码。"
    ),
    ("人员名单", "人员账号", "账号", "通讯录"),
    {"unit": "units"},
    most=1_000,
)
# Heads are other words that stand above such columns in lists of counties; labels count in every language.
SHEETS = (COUNTY, PLACES, UNITS, PEOPLE)
"""In the order in which one rests on the other."""
BY_KEY = {kind.key: kind for kind in SHEETS}
