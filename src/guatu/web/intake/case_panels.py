"""What the page of a case shows of where it came from: the satellite patch, its numbers elsewhere."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from guatu.web.base.actors import Actor
from guatu.web.base.models import Attachment
from guatu.web.cases.models import Case
from guatu.web.cases.panels import panel
from guatu.web.intake.drawing import close_map
from guatu.web.intake.models import Patch
from guatu.web.intake.patch_files import MU

_SHOWN_BY_BROWSERS = ("image/jpeg", "image/png", "image/webp", "image/gif")


@panel
def origin(actor: Actor, row: Case) -> SafeString | None:
    numbers = [one for one in row.outside_numbers.order_by("id") if not one.number.startswith("row:")]
    if not numbers:
        return None
    named = [(one, one.system.partition(":")[2]) for one in numbers]
    return render_to_string("intake/_origin.html", {"numbers": named})


@panel
def patch(actor: Actor, row: Case) -> SafeString | None:
    found = Patch.objects.select_related("before_picture", "after_picture").filter(case=row).first()
    if found is None:
        return None
    sides = [
        ("before", found.before_state, found.before_date, found.before_picture, _shows(found.before_picture)),
        ("after", found.after_state, found.after_date, found.after_picture, _shows(found.after_picture)),
    ]
    drawing = close_map(found.polygon, actor.today)
    return render_to_string(
        "intake/_patch.html", {"patch": found, "sides": sides, "map": drawing, "mu": found.area_m2 / MU}
    )


def _shows(picture: Attachment | None) -> bool:
    return picture is not None and picture.media_type in _SHOWN_BY_BROWSERS
