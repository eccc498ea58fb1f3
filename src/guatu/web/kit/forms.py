"""A form declared once: the action that it asks for, its controls, its button, and what is said when it is done.

    REPLY = Form("reply", "order_reply", ReplyOrder, (Field("text", _("办理情况"), "area", required=True),), ...)

    order_reply = posted(REPLY, "order.reply", _again, "order_detail")       the view
    {% form forms.reply order.pk seen=order.row_version %}                   on the page

What was sent is read by the types of the action's own fields, so that neither the view nor the template repeats them.
Where these are declared (`kit.record`), in the action or in a dataclass that is a field of it, they are the controls,
and nothing is said but the action.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from decimal import Decimal
from typing import Any, Generic, TypeVar, get_type_hints

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guatu.web.base.actions import Action
from guatu.web.base.methods import require_POST
from guatu.web.base.problems import Invalid
from guatu.web.kit.field import Field
from guatu.web.kit.guard import View, login_required, needs
from guatu.web.kit.record import fields_of, of_form
from guatu.web.kit.sent import sent
from guatu.web.kit.typed import Typed
from guatu.web.kit.values import day_of, files_of, id_or_none, number_of, text_of, whole

R = TypeVar("R")
SAVE = _("保存")
Page = Callable[..., HttpResponseBase]
"""Shows the page of a form again: `page(request, *of the address, form=Typed)`; raises Http404 where the row is none
that the user may see."""


@dataclass(frozen=True)
class Form(Generic[R]):
    """`name` tells it from the other forms of its page; of one that stands in many rows it ends in "-{}", for what the
    address names. `at` is the name of the address that it is sent to. `box` and `each` are the classes of the form and
    of the box around each control."""

    name: str
    at: str
    action: type[Action[R]]
    fields: tuple[Field, ...] = ()
    button: str | Promise = SAVE
    icon: str = "device-floppy"
    css: str = "btn-primary"
    box: str = ""
    each: str = "mb-3"
    said: str | Promise | Callable[[R], str] = ""

    @property
    def controls(self) -> tuple[Field, ...]:
        return self.fields or tuple(fields_of(self.action).values())

    def entered(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Values as they stand in the controls, before anybody has typed."""
        controls = {one.name: one for one in self.controls}
        return {name: controls[name].entered(one) if name in controls else one for name, one in values.items()}

    def read(self, request: HttpRequest, **known: Any) -> Action[R]:
        """The action that was asked for. `known` are fields that do not come from the form. Raises `Invalid` at the
        field that cannot be read."""
        asked = (one for one in _asked(self.action) if one.name not in known)
        return self.action(**known, **{one.name: one.read(request) for one in asked})


@dataclass(frozen=True)
class _Asked:
    """A field of an action, and how it is read from a request; `default` is MISSING where it has to be said."""

    name: str
    reader: Callable[[HttpRequest, str], Any]
    default: Any

    def read(self, request: HttpRequest) -> Any:
        # A box that is not ticked is not sent, and says no.
        sent = self.name in request.POST or self.name in request.FILES or self.reader in (_ticked, files_of)
        return self.reader(request, self.name) if sent or self.default is MISSING else self.default


def _asked(action: type[Action[Any]]) -> Iterator[_Asked]:
    hints, declared = get_type_hints(action), fields_of(action)
    for one in fields(_shape(action)):
        hint = hints[one.name]
        if one.name in declared:
            yield _Asked(one.name, _declared(declared[one.name]), one.default)
        elif hint in _READERS:
            yield _Asked(one.name, _READERS[hint], one.default)
        elif is_dataclass(hint):
            yield _Asked(one.name, _record(hint), MISSING)


def _declared(field: Field) -> Callable[[HttpRequest, str], Any]:
    return lambda request, name: field.typed(request)


def _record(kind: Any) -> Callable[[HttpRequest, str], Any]:
    return lambda request, name: of_form(kind, request)


def _shape(action: type[Action[Any]]) -> Any:
    """Each action is a dataclass, which its type does not say."""
    return action


def _ticked(request: HttpRequest, name: str) -> bool:
    return text_of(request.POST, name) not in ("", "0", "no")


def _day(request: HttpRequest, name: str) -> datetime.date:
    found = day_of(request.POST, name)
    if found is None:
        raise Invalid(_("请填写日期。"), field=name)
    return found


def _file(request: HttpRequest, name: str) -> UploadedFile | None:
    found = request.FILES
    return found.get(name) if isinstance(found, MultiValueDict) else None


def _ids(request: HttpRequest, name: str) -> tuple[int, ...]:
    return tuple(whole({name: one}, name) for one in request.POST.getlist(name))


_READERS: dict[Any, Callable[[HttpRequest, str], Any]] = {
    str: lambda request, name: text_of(request.POST, name),
    int: lambda request, name: whole(request.POST, name),
    int | None: lambda request, name: id_or_none(request.POST, name),
    bool: _ticked,
    datetime.date: _day,
    datetime.date | None: lambda request, name: day_of(request.POST, name),
    Decimal | None: lambda request, name: number_of(request.POST, name),
    tuple[int, ...]: _ids,
    UploadedFile | None: _file,
    tuple[UploadedFile, ...]: files_of,
}
"""How a field of an action is read, by its type."""


def posted(
    form: Form[R],
    permission: str,
    page: Page | None,
    to: str | Callable[[R], str],
    *,
    row: str | tuple[str, ...] = "",
    known: Callable[[HttpRequest], dict[str, Any]] = lambda request: {},
    sees: Callable[..., object] = lambda request, *of: None,
) -> View:
    """The view that a form is sent to; with "" for whoever is logged in.

    The row that the address names goes into the action's field `row`, its first where that is not said; where it names
    several, `row` says the field of each, "" for none. `to` is where it leads: the name of a page of the same row, or
    an address made of what the action came to. `known` are further fields of the action that the page knows without
    asking. `sees` raises Http404 for a row that the user may not see and the action alone would let pass. Without a
    page a problem is the server's to show.
    """

    @(needs(permission) if permission else login_required)
    @require_POST
    def view(request: HttpRequest, *args: Any, **at: Any) -> HttpResponseBase:
        of = (*args, *at.values())
        sees(request, *of)
        fields_of_rows = row if isinstance(row, tuple) else (row or _first_field(form.action),)
        named = {name: pk for name, pk in zip(fields_of_rows, of, strict=False) if name}
        there = reverse(to, args=of[:1] if isinstance(row, tuple) else of) if isinstance(to, str) else to
        return sent(
            request,
            lambda: form.read(request, **named, **known(request)),
            (lambda typed: page(request, *of, form=typed)) if page is not None else _unshown,
            there,
            form.said,
            form.name.format(*of),
        )

    # Whose address it is: the app's, not the kit's.
    view.__module__ = page.__module__ if page is not None else form.action.__module__
    return view


def _first_field(action: type[Action[Any]]) -> str:
    return next((one.name for one in fields(_shape(action))), "")


def _unshown(typed: Typed) -> HttpResponseBase:
    assert typed.problem is not None, "there is a page to show but for a problem"
    raise typed.problem


def to_page(name: str) -> Callable[[Any], str]:
    """Leads on to a page that is no row's."""
    return lambda _result: reverse(name)


def by_name(forms: Iterable[Form[Any]]) -> dict[str, Form[Any]]:
    """For a page's context."""
    return {form.name.removesuffix("-{}"): form for form in forms}
