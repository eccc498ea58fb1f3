"""Notices for those who write them: what there may be, the draft as everybody would see it, putting up, taking down."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.core.publishing.hanging import earliest_end
from guatu.core.publishing.rhythm import owed
from guatu.web.base.actors import Actor
from guatu.web.base.calendar import calendar
from guatu.web.base.language import joined, language
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.kit.field import Field
from guatu.web.kit.forms import Form, posted, to_page
from guatu.web.kit.guard import actor_of
from guatu.web.kit.kinds import Text, Tick
from guatu.web.kit.pages import FORM, Sends, page
from guatu.web.kit.record import fields_of
from guatu.web.kit.typed import NOTHING, Typed
from guatu.web.public.actions.draft_release import DraftRelease, EditRelease
from guatu.web.public.actions.put_up_release import PutUpRelease
from guatu.web.public.actions.release_files import ENDINGS, AddReleaseFile, RemoveReleaseFile
from guatu.web.public.actions.withdraw_release import DiscardDraft, WithdrawRelease
from guatu.web.public.library import NoticeKind, kinds
from guatu.web.public.models import Release
from guatu.web.public.notices import NoticeText, content_of, suspects_of
from guatu.web.public.selectors.disclosing import villages
from guatu.web.public.selectors.open import Shown, blocks_of, kind_of_slug, slug_of
from guatu.web.public.selectors.releases import RELEASES, kind_label, visible_release
from guatu.web.public.sources import sources

PERIODS_BACK = datetime.timedelta(days=800)
"""Periods that ended longer ago are disclosed no more by choosing them from a list."""


@page("public.view", "public/release_list.html", RELEASES)
def release_list(request: HttpRequest) -> dict[str, Any]:
    return {"edits": actor_of(request).may("public.edit"), "here": "release_list"}


@page("public.edit", "public/release_kinds.html")
def release_kinds(request: HttpRequest) -> dict[str, Any]:
    """What may be published: the first question of who writes a notice."""
    # The program's own first, then pack by pack.
    groups: dict[str, list[tuple[str, str]]] = {}
    for kind in kinds().values():
        group = kind.group[language() == "en"]
        groups.setdefault(group, []).append((slug_of(kind.word), kind.label(language())))
    return {"groups": list(groups.items())}


def _asked(kind: NoticeKind) -> tuple[Field, ...]:
    """The fields that a notice of the kind has: what is made of something is neither written nor pasted."""
    known = fields_of(NoticeText)
    # In the order in which somebody thinks of them: what, whose, on what ground, for how long.
    names = ["source", "without_names"] if kind.word in sources() else []
    names += ["place"] if kind.by_village else ["unit"]
    names += ["period"] if kind.of.every else []
    names += ["title", "number", "ground"]
    if kind.word not in sources():
        names += ["text", *(["table"] if kind.of.column else [])]
    return tuple(known[name] for name in (*names, "from_on", "until_on"))


def _choices(kind: NoticeKind, actor: Actor) -> dict[str, Iterable[tuple[object, object]]]:
    """What stands in the lists of the form, for this actor."""
    source = sources().get(kind.word)
    units = actor.units_for("public.edit")
    tree = unit_tree(actor.today)
    periods = [one.key for one in owed(kind.of, actor.today - PERIODS_BACK, actor.today, calendar())]
    return {
        "sources": list(source.rows(actor)) if source else [],
        "places": [(one.place_id, f"{one.town} {one.name}") for one in villages(actor, "public.edit")]
        if kind.by_village
        else [],
        "units": [(one.id, one.name) for _depth, one in tree.walk() if units is None or one.id in units],
        "periods": [(key, key) for key in reversed(periods)],
    }


def _page(kind: NoticeKind, form: Form[Release], actor: Actor) -> dict[str, Any]:
    columns = joined(one.zh for one in kind.of.column)
    said = _("至少公示 %(n)d 天。") % {"n": kind.of.hangs} if kind.of.hangs else ""
    heads = _("表格各栏依次为:%(columns)s。") % {"columns": columns} if columns else ""
    # The same form with the fields that this kind has.
    shown = Form(form.name, form.at, form.action, _asked(kind), form.button, form.icon)
    return {
        "page_title": kind.label(language()), "intro": said, "note": heads, "page_form": shown,
        **_choices(kind, actor),
    }  # fmt: skip


def _first(request: HttpRequest, kind: str) -> dict[str, Any]:
    actor, found = actor_of(request), _kind(kind)
    own = actor.own_units
    ends = earliest_end(found.of, actor.today) if found.of.ends else None
    return {
        "ground": found.of.basis,
        "from_on": actor.today.isoformat(),
        "until_on": ends.isoformat() if ends else "",
        "unit": min(own) if own else "",
        "place": next((one.place_id for one in villages(actor, "public.edit")), "") if found.by_village else "",
    }


def _kind(slug: str) -> NoticeKind:
    found = kinds().get(kind_of_slug(slug))
    if found is None:
        raise Http404
    return found


def _there(row: Release) -> str:
    return reverse("release_detail", args=[row.pk])


DRAFT = Form(
    "", "", DraftRelease, button=gettext_lazy("保存并预览"), icon="eye", said=gettext_lazy("草稿已保存,请核对后发布。")
)
EDIT = Form(
    "", "", EditRelease, button=gettext_lazy("保存并预览"), icon="eye", said=gettext_lazy("草稿已保存,请核对后发布。")
)


@page(
    "public.edit", FORM,
    sends=Sends(DRAFT, _there, first=_first, known=lambda request, kind: {"kind": kind_of_slug(kind)}),
)  # fmt: skip
def release_new(request: HttpRequest, kind: str, form: Typed = NOTHING) -> dict[str, Any]:
    return {**_page(_kind(kind), DRAFT, actor_of(request)), "back": reverse("release_kinds")}


def _of_row(request: HttpRequest, pk: int) -> dict[str, Any]:
    row = visible_release(actor_of(request), pk)
    # What was typed, not what was made of it.
    given = {name: value for name, value in row.given.items() if value is not None}
    return {**given, "seen": row.row_version}


@page("public.edit", FORM, sends=Sends(EDIT, _there, first=_of_row, known=lambda request, pk: {"release": pk}))
def release_edit(request: HttpRequest, pk: int, form: Typed = NOTHING) -> dict[str, Any]:
    row = visible_release(actor_of(request), pk)
    if row.state != Release.State.DRAFT or row.kind not in kinds():
        raise Http404
    return {**_page(kinds()[row.kind], EDIT, actor_of(request)), "back": reverse("release_detail", args=[pk])}


@page("public.view", "public/release_detail.html")
def release_detail(request: HttpRequest, pk: int) -> dict[str, Any]:
    """The notice exactly as the public sees it, or would; above it what looks like a person's."""
    actor = actor_of(request)
    row = visible_release(actor, pk)
    is_draft = row.state == Release.State.DRAFT
    return {
        "release": row,
        "kind": kind_label(row),
        "notice": Shown(row, actor.today, tuple(row.files.order_by("id"))),
        "blocks": blocks_of(content_of(row)),
        "suspects": suspects_of(row, actor.today) if is_draft else [],
        "edits": is_draft and actor.may("public.edit", row.unit_id),
        "releases": actor.may("public.release", row.unit_id),
        "forms": {"file": FILE, "put_up": PUT_UP, "withdraw": WITHDRAW},
    }


def _sees(request: HttpRequest, pk: int, *more: int) -> None:
    visible_release(actor_of(request), pk)


def _of_file(request: HttpRequest, pk: int, file: int, form: Typed = NOTHING) -> HttpResponseBase:
    return release_detail(request, pk, form=form)


FILE = Form(
    "file",
    "release_add_file",
    AddReleaseFile,
    (
        Field(
            "file",
            gettext_lazy("添加附件"),
            "file",
            required=True,
            hint=gettext_lazy("PDF 或 JPEG、PNG 图片;附件里的个人信息请自行遮盖。"),
            attributes={"accept": ",".join(ENDINGS)},
        ),
    ),
    gettext_lazy("上传"),
    "upload",
    css="",
)
PUT_UP = Form(
    "put-up",
    "release_put_up",
    PutUpRelease,
    (Tick("checked", gettext_lazy("已逐个核对,可以公开")),),
    gettext_lazy("发布"),
    "send",
    said=gettext_lazy("已发布。"),
)
WITHDRAW = Form(
    "withdraw",
    "release_withdraw",
    WithdrawRelease,
    (Text("reason", gettext_lazy("撤回原因(会公布)"), required=True, longest=300),),
    gettext_lazy("撤回"),
    "arrow-back-up",
    css="btn-danger",
    said=gettext_lazy("已撤回,公开页面上留有说明。"),
)
REMOVE = Form("remove", "release_remove_file", RemoveReleaseFile)
DISCARD = Form("discard", "release_discard", DiscardDraft, said=gettext_lazy("草稿已删去。"))
release_add_file = posted(FILE, "public.edit", release_detail, "release_detail", sees=_sees)
release_remove_file = posted(REMOVE, "public.edit", _of_file, "release_detail", row=("release", "file"), sees=_sees)
release_put_up = posted(PUT_UP, "public.release", release_detail, "release_detail", sees=_sees)
release_withdraw = posted(WITHDRAW, "public.release", release_detail, "release_detail", sees=_sees)
release_discard = posted(DISCARD, "public.edit", release_detail, to_page("release_list"), sees=_sees)
