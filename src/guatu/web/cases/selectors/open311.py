"""Cases as GeoReport v2 shows them: classes as services, cases as requests.

A request is known by its number and not by its code, because the code is the right to rate a case. What citizens wrote
is shown to programs with a key alone.
"""

from __future__ import annotations

from django.db.models import Q

from guatu.adapters.open311.messages import RequestQuery, Service, ServiceDefinition, ServiceRequest
from guatu.core.kernel.finding import Language
from guatu.web.base.actors import Actor
from guatu.web.cases.library import class_name, library, public_classes, public_packs
from guatu.web.cases.models import LARGE, Case
from guatu.web.cases.selectors.queue import step_names
from guatu.web.directory.selectors.tree import UnitTree, unit_tree
from guatu.web.kit.values import ids_in


def packs_of_services() -> dict[str, str]:
    """The pack of each service code; of two packs with one code the first that is named holds it."""
    found: dict[str, str] = {}
    for name, row in public_classes():
        found.setdefault(row.code, name)
    return found


def services(language: Language) -> list[Service]:
    found = []
    for code, name in packs_of_services().items():
        group = library().title(name, language)
        found.append(Service(service_code=code, service_name=class_name(name, code, language), group=group))
    return found


def definition(code: str) -> ServiceDefinition | None:
    """No class asks further questions of who reports."""
    return ServiceDefinition(code) if code in packs_of_services() else None


def requests(actor: Actor, wanted: RequestQuery, language: Language) -> tuple[list[ServiceRequest], int]:
    """The page of the public cases that is asked for, the newest first, and how many there are in all."""
    rows = Case.objects.filter(confidential=False, pack__in=public_packs())
    if wanted.service_request_ids:
        rows = rows.filter(pk__in=ids_in(wanted.service_request_ids))
    else:
        rows = rows.filter(opened_at__gte=wanted.start, opened_at__lte=wanted.end)
    if wanted.service_codes:
        rows = rows.filter(class_code__in=wanted.service_codes)
    if wanted.statuses:
        states = {"open": Q(ended_at__isnull=True), "closed": Q(ended_at__isnull=False)}
        sought = Q(pk__in=())
        for status in wanted.statuses:
            sought |= states[status]
        rows = rows.filter(sought)
    found = rows.select_related("flow").defer(*(f"flow__{name}" for name in LARGE)).order_by("-opened_at", "-id")
    tree = unit_tree(actor.today)
    trusted = actor.may("case.view") and actor.units_for("case.view") is None
    begin = (wanted.page - 1) * wanted.page_size
    page = found[begin : begin + wanted.page_size]
    return [_message(case, tree, language, trusted) for case in page], rows.count()


def _message(case: Case, tree: UnitTree, language: Language, trusted: bool) -> ServiceRequest:
    return ServiceRequest(
        service_request_id=str(case.pk),
        status="closed" if case.ended_at else "open",
        status_notes=step_names(case, language) or None,
        service_code=case.class_code,
        service_name=class_name(case.pack, case.class_code, language),
        description=case.text if trusted else None,
        agency_responsible=tree.name(case.unit_id) or None,
        requested_datetime=case.opened_at,
        updated_datetime=case.changed_at,
        expected_datetime=case.due,
        address=(case.address or None) if trusted else None,
        lat=case.lat,
        long=case.lon,
    )
