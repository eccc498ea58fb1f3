"""Who sees in the audit trail that something was done with a confidential case: those who may see the case."""

from __future__ import annotations

from django.db.models import CharField, Q
from django.db.models.functions import Cast

from guatu.web.base.actors import Actor
from guatu.web.base.audit_rights import hides_lines
from guatu.web.cases.models import Case
from guatu.web.cases.selectors.visible import visible


@hides_lines
def confidential_cases(actor: Actor) -> Q:
    known = visible(actor).filter(confidential=True).values("pk")
    hidden = Case.objects.filter(confidential=True).exclude(pk__in=known)
    keys = hidden.annotate(key=Cast("pk", CharField())).values("key")
    return Q(object_type="cases.case", object_id__in=keys)
