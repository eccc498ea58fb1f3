"""A notice is put up: from its first day on everybody sees it, as it stands."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.core.publishing.content import digest_of
from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.base.language import joined
from guatu.web.base.problems import Invalid, NotNow
from guatu.web.public.actions.rows import draft_of, require_release
from guatu.web.public.models import Release
from guatu.web.public.notices import FORBIDDEN_CODE, check_days, content_of, suspects_of


@dataclass(frozen=True)
class PutUpRelease(RowAction[Release]):
    """`checked`: who puts it up has looked at the telephones and names that it holds. Numbers of citizens and of
    accounts never hang."""

    release: int
    seen: int
    checked: bool = False
    name = "public.put-up"
    words = gettext_lazy("发布公示")

    def permit(self, context: Context) -> None:
        require_release(context, self.release, "public.release")

    def change(self, context: Context) -> Change[Release]:
        row = draft_of(self.release)
        # A draft may have lain: its days are looked at when it goes up.
        check_days(row, context.actor.today)
        self._check_people(row, context)
        self._check_period(row)
        take_version(row, self.seen)
        files = list(row.files.order_by("id").values_list("sha256", flat=True))
        row.state, row.released_at, row.released_by = Release.State.RELEASED, context.at, context.actor.user
        row.digest = digest_of(row.title, row.ground, content_of(row), files)
        # What was typed may hold what the public only sees masked: it is needed no more.
        row.given = {}
        row.save()
        change = Change(row)
        after = {"state": row.state, "title": row.title, "from_on": row.from_on.isoformat(), "digest": row.digest}
        change.note(row, {"state": Release.State.DRAFT}, after)
        return change

    def _check_people(self, row: Release, context: Context) -> None:
        found = suspects_of(row, context.actor.today)
        # Nobody can tick this away.
        forbidden = [one.shown for one in found if one.is_forbidden]
        if forbidden:
            said = _("内容里有身份证号或银行账号,不能公开:%(found)s。请删去后再发布。")
            raise Invalid(said % {"found": joined(forbidden)}, code=FORBIDDEN_CODE)
        if found and not self.checked:
            said = _("内容里有像电话或姓名的文字:%(found)s。请逐个核对,确认可以公开后勾选再发布。")
            raise Invalid(
                said % {"found": joined(one.shown for one in found[:10])}, field="checked", code="public.look-first"
            )

    def _check_period(self, row: Release) -> None:
        """Of a period of a village hangs one notice of a kind."""
        if not row.period or row.place_id is None:
            return
        same = Release.objects.filter(
            kind=row.kind, place_id=row.place_id, period=row.period, state=Release.State.RELEASED
        )
        if same.exists():
            raise NotNow(_("这一期已经公开过。需要更正的,请先撤回原来的一份。"), code="public.period-twice")
