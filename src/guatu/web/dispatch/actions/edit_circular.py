"""The texts of a draft are changed; its figures are not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.base.problems import Invalid, NotNow, standing
from guatu.web.dispatch.actions.order_rows import cleaned
from guatu.web.dispatch.models import Circular
from guatu.web.dispatch.selectors.circular_sentences import LONGEST_TITLE, PROVISIONAL, says_provisional
from guatu.web.dispatch.selectors.circular_texts import HEAD_FIELDS, LONGEST_TEXT, sections


@dataclass(frozen=True)
class EditCircular(RowAction[Circular]):
    """`texts` by the keys of the sections, and `recipients` and `copies_to`; what is not given stays."""

    name = "dispatch.edit-circular"
    words = gettext_lazy("修改通报")
    permission = "circular.edit"
    circular: int
    seen: int
    title: str
    texts: Mapping[str, str] = field(default_factory=dict)

    def change(self, context: Context) -> Change[Circular]:
        circular = draft(self.circular)
        title = cleaned(self.title, "title", _("请填写标题。"), LONGEST_TITLE)
        texts = self._texts(circular)
        if not says_provisional(circular.body, title, texts.get("opening", circular.texts.get("opening", ""))):
            raise Invalid(
                _("这一期起草时尚未关闭,标题和开头第一段须写明“截至某日”和“%(word)s”。") % {"word": PROVISIONAL},
                field="title",
            )
        take_version(circular, self.seen)
        before = {"title": circular.title, **circular.texts}
        circular.title, circular.texts = title, {**circular.texts, **texts}
        circular.save(update_fields=["title", "texts"])
        after = {"title": title, **circular.texts}
        change = Change(circular)
        moved = [name for name in after if before.get(name) != after[name]]
        if moved:
            change.note(circular, {n: before.get(n) for n in moved}, {n: after[n] for n in moved})
        return change

    def _texts(self, circular: Circular) -> dict[str, str]:
        known = {*HEAD_FIELDS, *(section.key for section in sections(circular.kind))}
        strange = [name for name in self.texts if name not in known]
        if strange:
            raise Invalid(_("没有“%(name)s”这一部分。") % {"name": strange[0][:40]}, field="title")
        return {name: cleaned(text, name, "", LONGEST_TEXT) for name, text in self.texts.items()}


def draft(pk: int) -> Circular:
    """A circular that may still be changed, locked."""
    circular = standing(Circular.objects.select_for_update().filter(pk=pk).first(), _("这份通报已不存在,请刷新页面。"))
    if circular.state != Circular.State.DRAFT:
        raise NotNow(_("已印发的通报不能再改。需要更正的,请另行印发更正通报。"), code="circular.issued")
    return circular
