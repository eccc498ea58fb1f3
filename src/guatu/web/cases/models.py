"""Cases, what was done with them, and the flows by which they run. Truth is the history; the state beside it is
a summary."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.db import models
from django.db.models.lookups import IsNull
from django.utils.translation import gettext_lazy as _

from guatu.web.base.models import Attachment, User, Versioned
from guatu.web.directory.models import Place, Unit

LARGE = ("text", "tables", "clocks", "fields", "parameters")
"""Columns of a version that no list reads."""


class FlowVersion(models.Model):
    """A published flow with its decision tables and clocks: a case runs to its end on what it began with."""

    flow = models.CharField(max_length=80)
    version = models.CharField(max_length=20)
    pack = models.CharField(max_length=80)
    text = models.TextField()
    tables = models.JSONField(default=dict)
    fields = models.JSONField(null=True)
    """The fields that its steps ask for, with their kinds and words."""
    parameters = models.JSONField(null=True)
    """The numbers of its conditions and tables; of a name that the pack still has, those that it has now hold."""
    clocks = models.JSONField(null=True)
    """Limits, hours of work and rules for changing limits; null in rows of before they were kept."""
    clocks_version = models.CharField(max_length=12, default="")
    confidential = models.BooleanField(default=False)
    published_at = models.DateTimeField()
    county = models.BooleanField(default=False)
    """Published by the county; else it came with the pack."""
    current = models.BooleanField(default=False)
    """New cases of the pack begin on it; where no row of the pack is current, on what the pack brings."""
    former = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    """The version that it was made from."""
    reason = models.TextField(_("理由"), blank=True)
    published_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        verbose_name = _("流程版本")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["flow", "version", "clocks_version"],
                condition=models.Q(county=False),
                name="one_row_per_flow_and_clocks",
            ),
            models.UniqueConstraint(
                fields=["pack"], condition=models.Q(current=True), name="one_current_version_a_pack"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["pack", "current"])]


class FlowDraft(Versioned):
    """What the county is changing in the flow of a pack; nothing runs by it until it is published."""

    pack = models.CharField(max_length=80, unique=True)
    base = models.ForeignKey(FlowVersion, on_delete=models.PROTECT, related_name="+")
    """The version that it was begun from."""
    text = models.TextField()
    tables = models.JSONField(default=dict)
    clocks = models.JSONField(default=dict)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("流程草稿")


OUTCOMES = (
    ("done", _("办结")),
    ("refused", _("不予受理")),
    ("failed", _("未通过")),
    ("revoked", _("撤销")),
    ("joined", _("并案")),
)
"""How a case has ended: the outcomes of the core in words."""


class Case(Versioned):
    class Source(models.TextChoices):
        PUBLIC = "public", _("公众上报")
        HOTLINE = "hotline", _("热线登记")
        COLLECTOR = "collector", _("采集上报")
        UNIT = "unit", _("单位登记")
        API = "api", _("接口")
        IMPORT = "import", _("批量导入")
        PATCH = "patch", _("卫片图斑")

    code = models.CharField(_("查询码"), max_length=16, unique=True)
    flow = models.ForeignKey(FlowVersion, on_delete=models.PROTECT, related_name="cases")
    pack = models.CharField(max_length=80)
    class_code = models.CharField(_("类别"), max_length=40, db_index=True)
    confidential = models.BooleanField(default=False)
    source = models.CharField(_("来源"), max_length=12, choices=Source)
    text = models.TextField(_("情况描述"))
    address = models.CharField(_("地点"), max_length=200, blank=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="cases")
    opened_at = models.DateTimeField(db_index=True)
    opened_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    data = models.JSONField(default=dict)
    """The fields that the case began with."""
    joined_to = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="joined")
    """The case that goes on for this one, which was of the same matter."""
    follows = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="followers")
    """The case that was reopened as this one."""

    # What the history gives, kept for lists.
    open_steps = models.CharField(max_length=200, blank=True)
    since = models.DateTimeField(null=True)
    due = models.DateTimeField(null=True, db_index=True)
    paused = models.BooleanField(default=False)
    late = models.BooleanField(default=False)
    """Some step that is done was late."""
    returns = models.PositiveIntegerField(default=0)
    outcome = models.CharField(_("结束方式"), max_length=10, blank=True, choices=OUTCOMES)
    ended_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("案件")
        indexes: ClassVar = [
            models.Index(fields=["class_code", "opened_at"]),
            models.Index(fields=["unit", "ended_at"]),
            # Open cases and ended ones have indexes of their own: of one over both, SQLite believes that few rows are
            # empty.
            models.Index(fields=["ended_at", "id"], condition=models.Q(ended_at__isnull=False), name="ended_cases"),
            # At which steps open cases stand, and which stand there: whose turn it is.
            models.Index(
                fields=["flow", "open_steps"], condition=models.Q(ended_at__isnull=True), name="open_cases_by_steps"
            ),
            # The queue, as `keyset.Order` sorts it.
            models.Index(
                IsNull(models.F("due"), True), "due", "opened_at", "id",
                condition=models.Q(ended_at__isnull=True), name="open_cases_by_urgency",
            ),
        ]  # fmt: skip


class Reporter(models.Model):
    """Whom to call back. Kept apart from the case: no list, export or API holds it."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="reporter")
    name = models.CharField(_("姓名"), max_length=200, blank=True)
    phone = models.CharField(_("电话"), max_length=254, blank=True)
    """Or an address of mail, as programs of other cities send it."""
    way = models.CharField(max_length=40, blank=True)
    """On which way they want to be told; without one they look at the page."""

    class Meta:
        verbose_name = _("反映人")


class CaseEvent(models.Model):
    """One line of the history. Lines are only added; `number` is their order within the case."""

    class Kind(models.TextChoices):
        MOVE = "move", _("办理")
        CLOCK = "clock", _("时限变更")
        ASK = "ask", _("申请")
        REFUSE = "refuse", _("不予同意")
        ASSIGN = "assign", _("指定单位")
        END = "end", _("结束")
        JOIN = "join", _("并入")
        URGE = "urge", _("催办")
        RATE = "rate", _("评价")
        REOPEN = "reopen", _("重新办理")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    at = models.DateTimeField()
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    post = models.CharField(max_length=60, blank=True)
    """The role of the flow as which the user acted."""
    step = models.CharField(max_length=80, blank=True)
    move = models.CharField(max_length=80, blank=True)
    verb = models.CharField(max_length=10, blank=True)
    reason = models.TextField(blank=True)
    fields = models.JSONField(default=dict)
    clock = models.JSONField(null=True)
    """Of a clock entry and of an application for one: kind, until, amount."""
    asked = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="answers")
    """The application that this line decides."""
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    stars = models.PositiveSmallIntegerField(null=True)

    class Meta:
        verbose_name = _("办理记录")
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "number"], name="one_case_event_a_number")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("a history only grows")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("a history only grows")


class CaseMessage(models.Model):
    """What whoever reported was told, and whether it went out. To whom it went stands here masked alone."""

    class State(models.TextChoices):
        WAITING = "waiting", _("等待发送")
        SENT = "sent", _("已发送")
        FAILED = "failed", _("发送失败")

    reporter = models.ForeignKey(Reporter, on_delete=models.CASCADE, related_name="messages")
    way = models.CharField(max_length=40)
    masked = models.CharField(max_length=254)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    error = models.TextField(blank=True)

    class Meta:
        verbose_name = _("告知反映人")


class CaseFile(models.Model):
    """A photo or paper that came with the report or with a step; `field` is the field of the step that it is for."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="files")
    event = models.ForeignKey(CaseEvent, null=True, on_delete=models.PROTECT, related_name="files")
    field = models.CharField(max_length=80, blank=True)
    file = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="case_files")

    class Meta:
        verbose_name = _("案件照片")
