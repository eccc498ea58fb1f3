"""What the public may see. Public pages read these tables and no others: what was not released is not in them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from guatu.web.base.models import Attachment, User, Versioned


class Release(Versioned):
    """A notice with the very words that hang: names and figures are copied into it and never looked up again.

    `content` is `Content` of core.publishing as plain values. Of a draft it is what the public would see; `given` holds
    what was typed for it and is emptied when it is released, for people are named there in full.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        RELEASED = "released", _("已公开")
        WITHDRAWN = "withdrawn", _("已撤回")

    kind = models.CharField(_("种类"), max_length=90)
    """`circular`, or `pack/kind` of a pack that declares it."""
    kind_zh = models.CharField(max_length=80)
    kind_en = models.CharField(max_length=120)
    """As the kind was called when it was released: a pack may go."""
    title = models.CharField(_("标题"), max_length=200)
    number = models.CharField(_("文号"), max_length=80, blank=True)
    ground = models.CharField(_("公开依据"), max_length=300)
    content = models.JSONField(default=list)
    given = models.JSONField(default=dict)
    origin = models.CharField(max_length=80, blank=True)
    """What it was made of, as `circular:12`: for those who look after it, not for the public."""
    from_on = models.DateField(_("起"))
    until_on = models.DateField(_("止"), null=True)
    """The last day; None while it stays."""
    period = models.CharField(_("期次"), max_length=10, blank=True, default="")
    """Of a kind with a rhythm: the month or quarter that it is of."""
    # Whose right it is to take it down; the name beside it is the one that hangs, whatever the unit is called later.
    unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")
    unit_name = models.CharField(_("发布单位"), max_length=120)
    place = models.ForeignKey("directory.Place", null=True, on_delete=models.PROTECT, related_name="+")
    place_code = models.CharField(max_length=12, blank=True, default="")
    place_name = models.CharField(_("村(社区)"), max_length=120, blank=True, default="")
    town_name = models.CharField(_("乡镇街道"), max_length=120, blank=True, default="")
    words = models.TextField(blank=True, default="")
    """All that it says, to be searched."""
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.DRAFT, db_index=True)
    digest = models.CharField(max_length=64, blank=True, default="")
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    released_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    reason = models.CharField(_("撤回原因"), max_length=300, blank=True, default="")

    class Meta:
        verbose_name = _("公示")
        indexes: ClassVar = [
            # Lists of the public: all, and of a kind, by their days.
            models.Index(fields=["state", "-from_on", "-id"], name="release_by_day"),
            models.Index(fields=["kind", "state", "-from_on"], name="release_of_kind"),
            # What a village has disclosed of a period.
            models.Index(fields=["place", "kind", "period"], name="release_of_place"),
        ]


class ReleaseFile(models.Model):
    """A file that hangs with a notice; its name, size and bytes by their hash are copied, as all that is public."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="files")
    # Keeps the bytes from being cleared away; public pages go by the hash.
    file = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("文件名"), max_length=255)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=120)

    class Meta:
        verbose_name = _("公示附件")


class Opinion(Versioned):
    """What somebody of the public wrote; followed by its code alone, answered by the office that has the box."""

    class State(models.TextChoices):
        WAITING = "waiting", _("待答复")
        ANSWERED = "answered", _("已答复")

    code = models.CharField(_("查询码"), max_length=14, unique=True)
    text = models.TextField(_("意见"))
    contact = models.CharField(_("联系方式"), max_length=120, blank=True)
    """Never shown but to who answers."""
    unit = models.ForeignKey("directory.Unit", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.WAITING, db_index=True)
    received_at = models.DateTimeField()
    # Counted when it came: a later change of the setting makes nobody late.
    due_on = models.DateField(_("答复期限"))
    answer = models.TextField(_("答复"), blank=True)
    answered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("意见")
        indexes: ClassVar = [models.Index(fields=["state", "due_on", "id"], name="opinion_by_due")]
