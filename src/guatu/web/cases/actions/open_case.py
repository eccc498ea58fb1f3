"""A case is opened: by anybody on the public page, by the desk, a collector, a unit, or a program."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.adapters.flows.stepping import open_case, step_case
from guatu.core.cases.case import MoveEntry
from guatu.core.cases.flow import Node, moves
from guatu.web.base.actions import Change, Context, RowAction
from guatu.web.base.actors import Actor
from guatu.web.base.problems import Denied, Invalid
from guatu.web.cases.actions.entries import add_event, attach, keep_photos, refuse, summarise
from guatu.web.cases.actions.flow_rows import current_version
from guatu.web.cases.history import Standing
from guatu.web.cases.library import confidential, engine_of, is_public, library, public_packs
from guatu.web.cases.models import Case, CaseEvent, FlowVersion, Reporter
from guatu.web.cases.position import position_of
from guatu.web.cases.posts import posts_of
from guatu.web.cases.routing import Matter, route
from guatu.web.cases.selectors.classes import chosen_class
from guatu.web.cases.ways import way_of
from guatu.web.kit.values import degrees, text_of

# Without letters and digits that are mistaken for each other on the telephone.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LONGEST_TEXT, LONGEST_ADDRESS, LONGEST_NAME, LONGEST_PHONE = 4000, 200, 200, 254
OPEN_TO_ALL = (Case.Source.PUBLIC, Case.Source.API)
PERMISSIONS = ("case.edit", "case.collect", "case.handle")


def may_open(actor: Actor) -> bool:
    return any(actor.may(permission) for permission in PERMISSIONS)


def check_may_open(actor: Actor) -> None:
    """Raises `Denied` for those who register no cases."""
    if not may_open(actor):
        raise Denied(_("您没有登记案件的权限,请联系本县系统管理员。"))


def source_of(actor: Actor) -> str:
    """Where a case comes from, by who registers it."""
    if actor.may("case.edit"):
        return Case.Source.HOTLINE
    return Case.Source.COLLECTOR if actor.may("case.collect") else Case.Source.UNIT


@dataclass(frozen=True)
class OpenCase(RowAction[Case]):
    pack: str
    class_code: str
    text: str
    address: str = ""
    lon: float | None = None
    lat: float | None = None
    photos: Sequence[UploadedFile] = ()
    reporter: str = ""
    phone: str = ""
    source: str = Case.Source.PUBLIC
    follows: int | None = None
    way: str = ""
    """On which of the county's ways the reporter wants to be told."""
    name = "case.open"
    words = gettext_lazy("登记案件")

    def permit(self, context: Context) -> None:
        if self.pack not in library().packs:
            raise Invalid(_("没有这一类业务,请从列表中选择。"), field="class_code", code="case.no-pack")
        if self.source in OPEN_TO_ALL and self.pack in public_packs():
            return
        check_may_open(context.actor)

    def change(self, context: Context) -> Change[Case]:
        text, address = self._checked(context.actor)
        place = position_of(self.lon, self.lat, context.actor.today)
        kept = keep_photos({"photo": self.photos}, context)
        flow = current_version(self.pack, context.at)
        unit = self._unit(context, flow, place)
        row = Case.objects.create(
            code=new_code(),
            flow=flow,
            pack=self.pack,
            class_code=self.class_code,
            confidential=confidential(self.pack),
            source=self.source,
            text=text,
            address=address,
            lon=self.lon,
            lat=self.lat,
            place_id=place,
            unit_id=unit,
            opened_at=context.at,
            opened_by=context.actor.user,
            data={"class_code": self.class_code, "text": text, "address": address},
            follows_id=self.follows,
            changed_at=context.at,
        )
        if self.reporter.strip() or self.phone.strip():
            Reporter.objects.create(
                case=row, name=_one_line(self.reporter), phone=_one_line(self.phone), way=self.way.strip()
            )
        now = Standing(row, [])
        event = self._begin(now, context, [one.file.pk for one in kept])
        attach(row, event, kept)
        after = summarise(now)
        change = Change(row)
        change.note(row, None, {"code": row.code} if row.confidential else {"code": row.code, **after})
        return change

    def _checked(self, actor: Actor) -> tuple[str, str]:
        text, address = self.text.replace("\0", "").strip(), _one_line(self.address)
        if not text:
            raise Invalid(_("请写明情况。"), field="text", code="case.text-missing")
        if len(text) > LONGEST_TEXT:
            raise Invalid(
                _("情况不能超过 %(most)d 个字。") % {"most": LONGEST_TEXT}, field="text", code="case.text-long"
            )
        if len(address) > LONGEST_ADDRESS:
            raise Invalid(_("地点不能超过 %(most)d 个字。") % {"most": LONGEST_ADDRESS}, field="address")
        if len(_one_line(self.reporter)) > LONGEST_NAME:
            raise Invalid(_("姓名不能超过 %(most)d 个字。") % {"most": LONGEST_NAME}, field="reporter")
        if len(_one_line(self.phone)) > LONGEST_PHONE:
            raise Invalid(_("电话不能超过 %(most)d 个字。") % {"most": LONGEST_PHONE}, field="phone")
        self._told(actor)
        if library().classes(self.pack) and library().class_row(self.pack, self.class_code) is None:
            raise Invalid(_("请从列表中选择类别。"), field="class_code", code="case.no-class")
        if self.source in OPEN_TO_ALL and not may_open(actor) and not is_public(self.pack, self.class_code):
            raise Invalid(_("这一类不接受公众上报,请拨打热线。"), field="class_code", code="case.not-public")
        if not address and self.lon is None and not confidential(self.pack):
            raise Invalid(_("请填写地点,或在地图上点选位置。"), field="address", code="case.place-missing")
        return text, address

    def _told(self, actor: Actor) -> None:
        if self.way and way_of(self.way, actor.today) is None:
            raise Invalid(_("请从列表中选择告知方式。"), field="way", code="case.no-way")
        if self.way and not self.phone.strip():
            raise Invalid(_("请填写号码或邮箱,才能告知您。"), field="phone", code="case.no-contact")

    def _unit(self, context: Context, flow: FlowVersion, place: int | None) -> int | None:
        """The unit that registers a matter of its own has it until it is passed on.

        Of a flow in which nobody names a unit, the duty list does: a dispute that the hotline hears of has its
        mediator.
        """
        units = context.actor.own_units
        if self.source == Case.Source.UNIT and units:
            return min(units)
        if engine_of(flow).flow.asks("unit"):
            return None
        routed = route(Matter(self.pack, self.class_code, place, context.actor.today))
        return routed.unit_id if routed else None

    def _begin(self, now: Standing, context: Context, photos: list[int]) -> CaseEvent | None:
        """The first step is done by the report itself where it asks for nothing else than what a report says."""
        row = now.row
        begun = open_case(now.engine, now.case)
        step = now.engine.flow.by_id[begun.state.open[0]] if begun.state.open else None
        said = {"place": row.address or _shown(row), "description": row.text, **({"photo": photos} if photos else {})}
        if step is None:
            return None
        held = posts_of(context.actor, row, set(step.roles))
        if not self._reports(step, said, held):
            return None
        entry = MoveEntry(
            at=row.opened_at,
            actor=str(row.opened_by_id or row.source),
            # Whoever holds a post of the step acts as that: they may be barred from another one for it.
            role=(*held, *step.roles)[0],
            step=step.id,
            move=moves(now.engine.flow, step.id)[0].key,
            fields={need.name: said[need.name] for need in step.fields if need.name in said},
        )
        refuse(step_case(now.engine, begun.case, entry, bounds=now.bounds).findings)
        return _note(now, context, entry)

    def _reports(self, step: Node, said: dict[str, Any], held: Sequence[str]) -> bool:
        asked = {need.name for need in step.fields if need.required}
        if not asked or not asked <= said.keys():
            return False
        inside = self.source in (Case.Source.COLLECTOR, Case.Source.UNIT)
        return not inside or bool(held)


def case_of_form(given: Mapping[str, Any], photos: Sequence[UploadedFile], source: str) -> OpenCase:
    """What any of the forms for a new case asks for. Raises `Invalid` at the field that cannot be read."""
    return OpenCase(
        *chosen_class(given),
        text_of(given, "text"),
        text_of(given, "address"),
        degrees(given, "lon"),
        degrees(given, "lat"),
        photos,
        text_of(given, "reporter"),
        text_of(given, "phone"),
        source,
        way=text_of(given, "way"),
    )


def _note(now: Standing, context: Context, entry: MoveEntry) -> CaseEvent:
    return add_event(
        now, context, CaseEvent.Kind.MOVE, post=entry.role, step=entry.step, move=entry.move, verb=entry.verb,
        fields=entry.fields,
    )  # fmt: skip


def new_code() -> str:
    """Twelve characters that nobody guesses: whoever has them may follow the case."""
    letters = "".join(secrets.choice(ALPHABET) for _n in range(12))
    return "-".join((letters[:4], letters[4:8], letters[8:]))


def _one_line(text: str) -> str:
    return " ".join(text.replace("\0", "").split())


def _shown(row: Case) -> str:
    return f"{row.lon:.6f}, {row.lat:.6f}" if row.lon is not None and row.lat is not None else ""
