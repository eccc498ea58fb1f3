"""What makes an event happen: a message, a timer, an error; and what a timer says."""

import re

from lxml import etree

from guatu.adapters.flows.bpmn.elements import children, id_of, local_reference
from guatu.adapters.flows.xml import local_name, own

_SUFFIX = "EventDefinition"
_TRIGGERS = tuple(
    f"{name}{_SUFFIX}"
    for name in (
        "message", "timer", "signal", "error", "escalation", "conditional", "compensate", "cancel", "terminate", "link",
    )
)  # fmt: skip
WORDS = {
    "message": ("消息", "a message"),
    "timer": ("定时", "a timer"),
    "signal": ("信号", "a signal"),
    "error": ("错误", "an error"),
    "escalation": ("升级", "an escalation"),
    "conditional": ("条件", "a condition"),
    "compensate": ("补偿", "a compensation"),
    "cancel": ("取消", "a cancellation"),
    "terminate": ("终止", "a termination"),
    "link": ("链接", "a link"),
    "multiple": ("多个触发条件", "several triggers"),
    "": ("事件", "an event"),
}
_ONCE = re.compile(r"R1/(P[^/]+)")
_FEEL = re.compile(r"""=?\s*(?:duration\(\s*)?["']?(?P<text>[^"']*?)["']?\s*\)?""")


def definitions(root: etree._Element, event: etree._Element) -> list[etree._Element]:
    """The event definitions of an event, its own and those of the file that it refers to."""
    own_ = list(children(event, *_TRIGGERS))
    referred = [local_reference(one.text) for one in children(event, "eventDefinitionRef")]
    if not referred:
        return own_
    shared = {id_of(one): one for one in children(root, *_TRIGGERS)}
    return [*own_, *(shared[name] for name in referred if name in shared)]


def trigger(found: list[etree._Element]) -> str:
    """The one word for what makes an event happen, "" for nothing, `multiple` for several things."""
    kinds = [local_name(one).removesuffix(_SUFFIX) for one in found]
    return kinds[0] if len(kinds) == 1 else "multiple" if kinds else ""


def thrown(found: list[etree._Element]) -> str:
    """What an error or an escalation refers to; "" for any."""
    return next((local_reference(one.get("errorRef") or one.get("escalationRef")) for one in found), "")


def clock_of(event: etree._Element, found: list[etree._Element]) -> tuple[str, str]:
    """The declared clock of a timer, and the duration that the file says; a repetition of once is its duration."""
    clock = own(event, "clock")
    for timer in found:
        for told in children(timer, "timeDuration", "timeCycle", "timeDate"):
            text = (told.text or "").strip()
            if text[:1] == "=":
                plain = _FEEL.fullmatch(text)
                text = plain["text"] if plain else text
            once = _ONCE.fullmatch(text)
            return clock, once[1] if once else text
    return clock, ""
