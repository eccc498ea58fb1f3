"""A new pack's folder: small, complete, and right as it stands, so that one begins by changing what works."""

from pathlib import Path

from guatu.adapters.flows.layout import draw

_FILES: dict[str, str] = {
    "pack.toml": """name = "{name}"
version = "0.1.0"
title = {{ zh = "{name}", en = "{name}" }}

""",
    "posts.toml": """[[post]]
id = "clerk"
zh = "登记员"
en = "clerk"
roles = ["desk"]

[[post]]
id = "handler"
zh = "承办人"
en = "handler"
roles = ["lead", "responsible", "town", "village"]
owner = "unit"
""",
    "fields.toml": """[[field]]
name = "place"
kind = "text"
zh = "地点"
en = "place"

[[field]]
name = "result"
kind = "lines"
zh = "办理结果"
en = "result"
""",
    "classes.toml": """[[class]]
code = "01"
zh = "示例类别"
en = "example class"
kind = "event"
""",
    "clocks.toml": """[[hours]]
shifts = ["08:00-12:00", "14:00-18:00"]
source = "replace by the county's notice on hours of work"
unverified = true

[[limit]]
clock = "file"
amount = 4
unit = "working-hour"
source = "replace by the rule that sets this limit"
unverified = true

[[limit]]
clock = "handle"
class = "01"
amount = 5
unit = "working-day"
source = "replace by the rule that sets this limit"
unverified = true
""",
    "flows/{name}.bpmn": """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:guatu="https://guatu.example/flow/1"
    id="definitions" targetNamespace="https://guatu.example/flow">
  <bpmn:process id="{name}" name="{name}" guatu:name-en="{name}" isExecutable="true">
    <bpmn:startEvent id="start" />
    <bpmn:userTask id="file" name="登记" guatu:name-en="file" guatu:role="clerk" guatu:fields="place"
        guatu:clock="file" />
    <bpmn:userTask id="handle" name="办理" guatu:name-en="handle" guatu:role="handler" guatu:fields="result"
        guatu:clock="handle" />
    <bpmn:exclusiveGateway id="handled" name="办理结果" />
    <bpmn:endEvent id="end" />
    <bpmn:sequenceFlow id="to_file" sourceRef="start" targetRef="file" />
    <bpmn:sequenceFlow id="to_handle" name="转办" guatu:name-en="pass on" sourceRef="file" targetRef="handle" />
    <bpmn:sequenceFlow id="to_handled" sourceRef="handle" targetRef="handled" />
    <bpmn:sequenceFlow id="to_end" name="办结" guatu:name-en="finish" sourceRef="handled" targetRef="end">
      <bpmn:conditionExpression>move = "forward"</bpmn:conditionExpression>
    </bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="back" name="退回" guatu:name-en="send back" guatu:verb="return"
        sourceRef="handled" targetRef="file">
      <bpmn:conditionExpression>move = "return"</bpmn:conditionExpression>
    </bpmn:sequenceFlow>
  </bpmn:process>
</bpmn:definitions>
""",
    "cases/good/handled.toml": """name = "A case that is filed and handled has ended"
zh = "登记并办理的案件办结"
flow = "{name}"
class = "01"
opened = 2026-03-02T09:00:00

[[step]]
at = 2026-03-02T10:00:00
step = "file"
post = "clerk"
fields = {{ place = "示例路" }}

[[step]]
at = 2026-03-03T10:00:00
step = "handle"
post = "handler"
fields = {{ result = "已办" }}

[expect]
ended = true
late = []
""",
    "cases/bad/no_reason.toml": """name = "A case is not sent back without a reason"
zh = "退回必须写原因"
flow = "{name}"
class = "01"
opened = 2026-03-02T09:00:00

[[step]]
at = 2026-03-02T10:00:00
step = "file"
post = "clerk"
fields = {{ place = "示例路" }}

[[step]]
at = 2026-03-03T10:00:00
step = "handle"
post = "handler"
move = "return"

[expect]
code = "case.reason-missing"
zh = "退回必须写明原因"
en = "a return needs a reason; write why"
""",
    "docs.md": "# {name}\n\nWhat this pack is for, what it rests on, and which of its numbers nobody has checked "
    "yet.\n",
}


def new_pack(folder: Path, name: str) -> list[Path]:
    """Writes a new pack into `folder`/`name`; the files. Raises FileExistsError where that is there already."""
    root = folder / name
    root.mkdir(parents=True)
    written = []
    for path, template in _FILES.items():
        file = root / path.format(name=name)
        file.parent.mkdir(parents=True, exist_ok=True)
        text = template.format(name=name)
        file.write_text(draw(text) if file.suffix == ".bpmn" else text, encoding="utf-8")
        written.append(file)
    return written
