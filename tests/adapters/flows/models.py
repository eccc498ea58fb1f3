"""Small BPMN models as other editors write them, put together from a few words."""

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:guatu="https://guatu.example/flow/1"'
    ' xmlns:eng="https://engine.example/ns" id="defs" targetNamespace="https://models.example">\n'
)
RUNS = 'guatu:role="r" guatu:clock="c"'
"""What a step needs to be published."""


def process(*parts: str, id_: str = "p", more: str = "", name: str = "") -> str:
    named = f' name="{name}"' if name else ""
    return f'<bpmn:process id="{id_}"{named} isExecutable="false"{more}>\n' + "\n".join(parts) + "\n</bpmn:process>"


def file(*parts: str) -> str:
    """A file with these processes, messages, pools."""
    return HEAD + "\n".join(parts) + "\n</bpmn:definitions>\n"


def model(*parts: str) -> str:
    """A file with one process."""
    return file(process(*parts))


def el(tag: str, id_: str, inner: str = "", **attributes: str) -> str:
    """An element of BPMN with a name of its own, its id."""
    given = {"name": id_, **attributes}
    told = " ".join(f'{key}="{value}"' for key, value in given.items() if value)
    return f'<bpmn:{tag} id="{id_}" {told}>{inner}</bpmn:{tag}>'


def step(id_: str, tag: str = "userTask", inner: str = "", more: str = RUNS) -> str:
    return f'<bpmn:{tag} id="{id_}" name="{id_}" {more}>{inner}</bpmn:{tag}>'


def event(tag: str, id_: str, trigger: str = "", inner: str = "", **attributes: str) -> str:
    """An event with what makes it happen: `message`, `timer` and so on."""
    definition = f"<bpmn:{trigger}EventDefinition>{inner}</bpmn:{trigger}EventDefinition>" if trigger else ""
    return el(tag, id_, definition, **attributes)


def waits(id_: str, trigger: str) -> str:
    """A catching event that somebody waits for."""
    return step(id_, "intermediateCatchEvent", f"<bpmn:{trigger}EventDefinition/>")


def arrows(text: str) -> str:
    """Arrows `a>b`, `g>b:condition`, `g>b/name`; the id of each is its ends, `a_b`."""
    made = []
    for one in text.split():
        ends, _, condition = one.partition(":")
        ends, _, name = ends.partition("/")
        source, _, target = ends.partition(">")
        asked = condition.replace("&", "&amp;").replace("<", "&lt;").replace("_", " ")
        inner = f"<bpmn:conditionExpression>{asked}</bpmn:conditionExpression>" if condition else ""
        named = f' name="{name}"' if name else ""
        made.append(
            f'<bpmn:sequenceFlow id="{source}_{target}"{named} sourceRef="{source}" targetRef="{target}">{inner}'
            "</bpmn:sequenceFlow>"
        )
    return "\n".join(made)


START, END = el("startEvent", "s"), el("endEvent", "e")
