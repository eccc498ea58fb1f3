"""Open311 GeoReport v2 at /open311/v2/, in JSON and XML. Reading is public; a report needs a token as `api_key`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from guatu.adapters.open311.asked import read_new_request, read_query
from guatu.adapters.open311.messages import (
    Fault,
    NewRequest,
    Receipt,
    RequestQuery,
    Service,
    ServiceDefinition,
    ServiceRequest,
)
from guatu.adapters.open311.wire import Message, to_json, to_xml
from guatu.web.base.actions import Context, perform
from guatu.web.base.actions.keys import key_of
from guatu.web.base.actors import Actor, actor_for, anonymous
from guatu.web.base.asking import request_id_of
from guatu.web.base.bodies import public_upload
from guatu.web.base.language import language
from guatu.web.base.problems import Problem
from guatu.web.base.roles import grants_of
from guatu.web.base.tokens import working_token
from guatu.web.cases.actions.open_case import LONGEST_ADDRESS, OpenCase
from guatu.web.cases.models import Case
from guatu.web.cases.rates import count
from guatu.web.cases.selectors.open311 import definition, packs_of_services, requests, services
from guatu.web.kit.values import id_in

KINDS = ("json", "xml")


def answer(
    kind: str, messages: Sequence[Message] | ServiceDefinition, of: type[Message], status: int = 200
) -> HttpResponse:
    if kind not in KINDS:
        raise Http404
    if kind == "json":
        return HttpResponse(to_json(messages), content_type="application/json; charset=utf-8", status=status)
    return HttpResponse(to_xml(messages, of), content_type="text/xml; charset=utf-8", status=status)


def faulty(kind: str, faults: Sequence[Fault]) -> HttpResponse:
    """All faults at once, under the status of the first."""
    return answer(kind, list(faults), Fault, faults[0].code)


def _keyed(request: HttpRequest, scope: str) -> Actor:
    """The actor of the key; nobody where there is none, or none that works and was made for the scope."""
    key = request.POST.get("api_key") or request.GET.get("api_key", "")
    today = timezone.localdate()
    token = working_token(key, timezone.now()) if key else None
    if token is None or scope not in token.scopes:
        return anonymous(today)
    return actor_for(token.user, today, grants_of(token.user, today))


@require_GET
@cache_control(public=True, max_age=60)
def open311_services(request: HttpRequest, kind: str) -> HttpResponse:
    return answer(kind, services(language()), Service)


@require_GET
@cache_control(public=True, max_age=60)
def open311_service(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    found = definition(code)
    if found is None:
        return faulty(kind, [Fault(404, _("没有这个 service_code。"))])
    return answer(kind, found, ServiceDefinition)


@public_upload
@csrf_exempt
@require_http_methods(["GET", "POST"])
def open311_requests(request: HttpRequest, kind: str) -> HttpResponse:
    """The list, or a new report: no cookie is looked at, so there is nothing to forge."""
    if kind not in KINDS:
        raise Http404
    return _report(request, kind) if request.method == "POST" else _listed(request, kind)


def _listed(request: HttpRequest, kind: str) -> HttpResponse:
    asked = {name: [v.replace("\0", "") for v in values] for name, values in request.GET.lists()}
    wanted, faults = read_query(asked, timezone.now())
    if wanted is None:
        return faulty(kind, faults)
    rows, total = requests(_keyed(request, "cases-read"), wanted, language())
    response = answer(kind, rows, ServiceRequest)
    response["X-Total-Count"] = str(total)
    if wanted.page * wanted.page_size < total:
        further = request.GET.copy()
        further["page"] = str(wanted.page + 1)
        response["Link"] = f'<{request.build_absolute_uri(f"{request.path}?{further.urlencode()}")}>; rel="next"'
    return response


@require_GET
def open311_request(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    asked = RequestQuery(service_request_ids=(str(pk),))
    found, _total = requests(_keyed(request, "cases-read"), asked, language())
    if not found:
        return faulty(kind, [Fault(404, _("没有这个 service_request_id。"))])
    return answer(kind, found, ServiceRequest)


@require_GET
def open311_token(request: HttpRequest, token: str, kind: str) -> HttpResponse:
    """Every report gets its number at once, so a token is a number."""
    number = id_in(token)
    if number is None or not Case.objects.filter(pk=number, confidential=False).exists():
        return faulty(kind, [Fault(404, _("没有这个 token。"))])
    return answer(kind, [Receipt(service_request_id=token, token=token)], Receipt)


def _report(request: HttpRequest, kind: str) -> HttpResponse:
    actor = _keyed(request, "cases")
    if actor.user is None:
        return faulty(kind, [Fault(403, _("缺少 api_key,或者它已停用、没有登记案件的权限。请用县里发的令牌。"))])
    given, faults = read_new_request(_fields(request), services(language()), {})
    if given is None:
        return faulty(kind, faults)
    try:
        count(request, "open311")
        case = perform(_action(given, _photos(request)), _context(request, actor))
    except Problem as problem:
        return faulty(kind, [Fault(problem.status, str(problem.message))])
    notice = _("查询码 %(code)s") % {"code": case.code}
    return answer(kind, [Receipt(service_request_id=str(case.pk), service_notice=notice)], Receipt, 201)


def _context(request: HttpRequest, actor: Actor) -> Context:
    """A sender that tries again with the same key gets the same case."""
    key = key_of("open311", request.headers.get("Idempotency-Key", ""))
    return Context(actor, timezone.now(), request_id_of(request), key)


def _fields(request: HttpRequest) -> Iterator[tuple[str, str]]:
    for name, values in request.POST.lists():
        yield from ((name, str(value).replace("\0", "")) for value in values)


def _photos(request: HttpRequest) -> list[UploadedFile]:
    """The files of the form under whatever name: clients call them `media`, `photo` or `media[]`."""
    return [file for _name, files in request.FILES.lists() for file in files if isinstance(file, UploadedFile)]


def _action(given: NewRequest, photos: Sequence[UploadedFile]) -> OpenCase:
    """A picture elsewhere is named in the text; it is never fetched from here. So is a place of too many words."""
    place = given.address_string or given.address_id or ""
    rest = place if len(place) > LONGEST_ADDRESS else ""
    said = [given.description or _("(未写明情况)"), given.media_url or "", rest]
    return OpenCase(
        packs_of_services()[given.service_code],
        given.service_code,
        "\n".join(part for part in said if part),
        place[:LONGEST_ADDRESS],
        given.long,
        given.lat,
        photos,
        reporter=" ".join(part for part in (given.last_name, given.first_name) if part),
        phone=given.phone or given.email or "",
        source=Case.Source.API,
    )
