"""Notices and opinions for programs of the county: written, put up, taken down, answered."""

from __future__ import annotations

import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import File, Query, Schema, Status
from ninja.files import UploadedFile

from guatu.web.base.actions import perform
from guatu.web.base.middleware import context_of
from guatu.web.base.scoped_api import ScopedRouter
from guatu.web.kit.guard import actor_of
from guatu.web.kit.paging import Id, Input, Limits, Page, VersionIn, asking, listed, page_of
from guatu.web.public.actions.draft_release import DraftRelease, EditRelease
from guatu.web.public.actions.opinions import AnswerOpinion
from guatu.web.public.actions.put_up_release import PutUpRelease
from guatu.web.public.actions.release_files import AddReleaseFile
from guatu.web.public.actions.withdraw_release import DiscardDraft, WithdrawRelease
from guatu.web.public.models import Opinion, Release
from guatu.web.public.notices import NoticeText
from guatu.web.public.selectors.disclosing import duties
from guatu.web.public.selectors.opinions import OPINIONS, visible_opinions
from guatu.web.public.selectors.releases import RELEASES, visible_release

router = ScopedRouter(write="publish", tags=["public"])


class ReleaseOut(Schema):
    id: int
    kind: str
    title: str
    number: str
    ground: str
    from_on: datetime.date
    until_on: datetime.date | None
    period: str
    unit_id: int
    place_id: int | None
    state: str
    reason: str
    row_version: int


class ReleaseDetail(ReleaseOut):
    """`content` are the blocks as they hang, `digest` is over them once it is put up."""

    content: list[dict[str, Any]]
    digest: str


class ReleaseQuery(Limits):
    kind: str = ""
    state: str = ""
    q: str = ""


class NoticeIn(Input):
    """`source` is the row that a notice is made of, where its kind has such; else `text` or `table`, as on the page."""

    title: str = ""
    ground: str
    from_on: datetime.date
    until_on: datetime.date | None = None
    number: str = ""
    unit: Id | None = None
    place: Id | None = None
    period: str = ""
    text: str = ""
    table: str = ""
    source: Id | None = None
    without_names: bool = False

    @property
    def notice(self) -> NoticeText:
        return NoticeText(**self.model_dump(include=set(NoticeIn.model_fields)))


class DraftIn(NoticeIn):
    kind: str


class EditIn(NoticeIn):
    row_version: int


class PutUpIn(VersionIn):
    """`checked`: the telephones and names in it were looked at."""

    checked: bool = False


class WithdrawIn(VersionIn):
    reason: str


class DutyOut(Schema):
    place_id: int
    village: str
    town: str
    kind: str
    period: str
    due_on: datetime.date
    state: str
    release_id: int | None


class OpinionOut(Schema):
    id: int
    text: str
    contact: str
    unit_id: int
    state: str
    received_at: datetime.datetime
    due_on: datetime.date
    answer: str
    row_version: int


class AnswerIn(VersionIn):
    answer: str


@router.get("/releases", response=Page[ReleaseOut], summary="Notices of one's units, drafts and all")
def releases(request: HttpRequest, wanted: Query[ReleaseQuery]) -> Any:
    return listed(RELEASES, asking(request, "public.view"), wanted)


@router.get("/releases/{int:pk}", response=ReleaseDetail, summary="A notice with what it says")
def release(request: HttpRequest, pk: int) -> Release:
    return visible_release(asking(request, "public.view"), pk)


@router.post("/releases", response={201: ReleaseDetail}, summary="Write a notice")
def draft(request: HttpRequest, given: DraftIn) -> Status[Release]:
    return Status(201, perform(DraftRelease(given.kind, given.notice), context_of(request)))


@router.put("/releases/{int:pk}", response=ReleaseDetail, summary="Write a draft anew")
def edit(request: HttpRequest, pk: int, given: EditIn) -> Release:
    visible_release(actor_of(request), pk)
    return perform(EditRelease(pk, given.row_version, given.notice), context_of(request))


@router.post("/releases/{int:pk}/discard", response={204: None}, summary="Delete a draft")
def discard(request: HttpRequest, pk: int, given: VersionIn) -> Status[None]:
    visible_release(actor_of(request), pk)
    perform(DiscardDraft(pk, given.row_version), context_of(request))
    return Status(204, None)


@router.post("/releases/{int:pk}/files", response=ReleaseDetail, summary="Hang a PDF or a picture to a draft")
def add_file(request: HttpRequest, pk: int, file: File[UploadedFile]) -> Release:
    visible_release(actor_of(request), pk)
    return perform(AddReleaseFile(pk, file), context_of(request))


@router.post("/releases/{int:pk}/put-up", response=ReleaseDetail, summary="Put a notice up for everybody")
def put_up(request: HttpRequest, pk: int, given: PutUpIn) -> Release:
    visible_release(actor_of(request), pk)
    return perform(PutUpRelease(pk, given.row_version, given.checked), context_of(request))


@router.post("/releases/{int:pk}/withdraw", response=ReleaseDetail, summary="Take a notice down, with the reason")
def withdraw(request: HttpRequest, pk: int, given: WithdrawIn) -> Release:
    visible_release(actor_of(request), pk)
    return perform(WithdrawRelease(pk, given.row_version, given.reason), context_of(request))


@router.get("/disclosures", response=Page[DutyOut], summary="What villages disclose in time, and what is missing")
def disclosures(request: HttpRequest, wanted: Query[Limits]) -> Any:
    # Computed, not stored: a page of them is cut from all.
    found = page_of(duties(asking(request, "public.view")), wanted)
    return {**found, "rows": [_duty(one) for one in found["rows"]]}


def _duty(one: Any) -> dict[str, Any]:
    said = {"period": one.period, "due_on": one.due_on, "state": one.state, "release_id": one.release}
    village = {"place_id": one.village.place_id, "village": one.village.name, "town": one.village.town}
    return {**village, "kind": one.kind.word, **said}


class OpinionQuery(Limits):
    state: str = Opinion.State.WAITING.value


@router.get("/opinions", response=Page[OpinionOut], summary="Opinions of the public, those that are due first")
def opinions(request: HttpRequest, wanted: Query[OpinionQuery]) -> Any:
    return listed(OPINIONS, asking(request, "public.answer"), wanted)


@router.post("/opinions/{int:pk}/answer", response=OpinionOut, summary="Answer an opinion")
def answer(request: HttpRequest, pk: int, given: AnswerIn) -> Opinion:
    get_object_or_404(visible_opinions(actor_of(request)), pk=pk)
    return perform(AnswerOpinion(pk, given.row_version, given.answer), context_of(request))
