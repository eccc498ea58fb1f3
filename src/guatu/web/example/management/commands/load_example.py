"""python -m guatu.web load_example: the example county with its plans and six months of reports."""

from __future__ import annotations

import datetime
import os
import random
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from guatu.adapters.writers.width import pad
from guatu.web.base.actions import Context
from guatu.web.base.models import Setting
from guatu.web.example import directory, drg
from guatu.web.example.appeals import load_appeals
from guatu.web.example.cases import load_cases
from guatu.web.example.duties import load_duties
from guatu.web.example.evaluation import load_evaluation
from guatu.web.example.grids import load_grids, months_before
from guatu.web.example.inspection import load_inspection
from guatu.web.example.milestones import load_milestones
from guatu.web.example.months import Months, context_at
from guatu.web.example.notices import load_notices
from guatu.web.example.people import People, add_reporters
from guatu.web.example.plans import SUFFIXES, WRITTEN_IN, amend, load, quarterly

LOADED = "example.loaded"
MONTHS = 6
RUNNING_SINCE = datetime.timedelta(days=200)
"""The plan's year is the one of so many days ago, so that most of it has been run whatever the day of the year is."""

ROLES = {
    "admin": "机构与账号 / units and accounts",
    "leader": "看全县 / sees the whole county",
    "supervision": "督查室: 方案, 审核, 督办, 通报 / supervision office: plans, reviews, orders, circulars",
    "lead": "牵头单位: 填报, 审核 / lead unit: reports and reviews",
    "town": "乡镇街道: 填报 / town: reports",
    "auditor": "审计: 只看 / auditor: looks at everything",
    "desk": "案件受理: 立案, 派遣, 结案 / case desk: files, assigns, closes",
    "collector": "采集员: 上报, 核查 / collector: reports and checks",
    "insurer": "医保经办: DRG 付费 / insurer: payment by DRG",
    "hospital": "医院: 本院结算单, 异议 / hospital: its statement, objections",
}


class Command(BaseCommand):
    help = "载入示例县: 机构, 方案, 六个月填报 / loads the example county: units, plans, six months of reports"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--plans", type=Path, default=_plans(), help="folder of the example plans")
        parser.add_argument("--months", type=int, default=MONTHS, help="how many months of reports")
        parser.add_argument("--today", type=datetime.date.fromisoformat, help="the day to end on, instead of today")

    def handle(self, *args: Any, **options: Any) -> None:
        if Setting.objects.filter(name=LOADED).exists():
            self.stdout.write("示例县已经载入 / the example county is loaded already")
        else:
            self._fresh(options)
        self.stdout.write(_accounts())

    def _fresh(self, options: dict[str, Any]) -> None:
        folder: Path = options["plans"]
        plans = sorted(path for path in folder.glob("*") if path.suffix in SUFFIXES) if folder.is_dir() else []
        if not plans:
            raise CommandError(
                f"没有示例方案, 用 --plans 指明 / no example plans, name the folder with --plans: {folder}"
            )
        began = time.monotonic()
        self._load(plans, options["today"] or timezone.localdate(), options["months"])
        self.stdout.write(f"示例县已载入 / the example county is loaded: {time.monotonic() - began:.0f} s")

    def _load(self, plans: list[Path], today: datetime.date, months: int) -> None:
        with transaction.atomic():
            users = directory.build()
            add_reporters()
        people = People(users, today)
        first = months_before(today, months)
        years = (today - RUNNING_SINCE).year - WRITTEN_IN
        rng = random.Random(directory.SEED)
        office = context_at(people, first)
        loaded = [(load(path, years, office, rng), path) for path in plans]
        quarterly(loaded[0][0], office)

        def second(office: Context) -> None:
            for plan, path in loaded:
                amend(plan, path, years, office)

        revised = months_before(today, max(1, months // 2))
        Months(people, directory.SEED, {revised: second}).run(first, today)
        load_milestones(people, today)
        load_appeals(people, today)
        load_duties(people, first)
        load_cases(people, today)
        load_evaluation(people, today, directory.SEED)
        load_inspection(people, today)
        load_notices(people, today)
        load_grids(people, today, context_at(people, today).at)
        drg.load(users, context_at(people, today).at)
        Setting.objects.create(name=LOADED, value=True, valid_from=directory.SINCE, source="load_example")


def _accounts() -> str:
    """The demo accounts with what they are for, one a line."""
    lines = [f"示例账号 / demo accounts (密码 / password: {directory.PASSWORD})"]
    for name, shown, role, _unit in directory.USERS:
        lines.append(f"  {pad(name, 12)}{pad(shown, 14)}{ROLES[role]}")
    lines.append("村级组织, 每个一个账号 / bodies of two villages, each with an account of its own:")
    for start, village in directory.bodies():
        names = " ".join(f"{start}-{end}" for end, _shown, _posts in directory.BODIES)
        lines.append(f"  {pad(village, 12)}{names}")
    return "\n".join(lines)


def _plans() -> Path:
    """`examples/plans` of the source tree, or what GUATU_EXAMPLES names."""
    given = os.environ.get("GUATU_EXAMPLES")
    return Path(given) if given else Path(__file__).resolve().parents[6] / "examples" / "plans"
