"use strict";
// The flow as a diagram (bpmn-js), and beside it what guatu says of each part: who acts, fields, clock, condition.
const box = document.querySelector("[data-editor]");
const words = box.dataset;
const source = document.getElementById("text");
const panel = box.querySelector("[data-panel]");
const partList = box.querySelector("[data-part]");
const toList = box.querySelector("[data-to]");

// Our attributes, so that they are read, kept and written again.
const text = (name) => ({ name, isAttr: true, type: "String" });
const OWN = {
  name: "guatu", prefix: "guatu", uri: "https://guatu.example/flow/1", xml: { tagAlias: "lowerCase" }, types: [
    { name: "Named", extends: ["bpmn:FlowElement", "bpmn:Process"], properties: [text("name-en")] },
    { name: "Whole", extends: ["bpmn:Process"], properties: ["confidential", "readers", "run"].map(text) },
    // Of whatever kind a task is: in files of other editors most are plain ones.
    { name: "Step", extends: ["bpmn:Activity", "bpmn:CatchEvent", "bpmn:EventBasedGateway"], properties: ["role", "fields", "clock", "rework"].map(text) },
    { name: "Decision", extends: ["bpmn:BusinessRuleTask"], properties: [text("decision")] },
    { name: "Closing", extends: ["bpmn:EndEvent"], properties: [text("outcome")] },
    { name: "Way", extends: ["bpmn:SequenceFlow"], properties: [text("verb")] },
  ],
};
const TIMER = { eventDefinitionType: "bpmn:TimerEventDefinition" };
// Type, sign, word, and what else is told of a new one.
const KINDS = [
  ["bpmn:StartEvent", "start", words.start], ["bpmn:UserTask", "step", words.step], ["bpmn:ExclusiveGateway", "choice", words.choice],
  ["bpmn:ParallelGateway", "parallel", words.parallel], ["bpmn:InclusiveGateway", "inclusive", words.inclusive],
  ["bpmn:BusinessRuleTask", "decision", words.decision], ["bpmn:IntermediateCatchEvent", "timer", words.timer, TIMER],
  ["bpmn:SubProcess", "part", words.part, { isExpanded: true }], ["bpmn:EndEvent", "end", words.end],
];
const FOLLOWING = KINDS.slice(1);
const shapeOf = (sign) => { const [type, , , more] = KINDS.find(([, known]) => known === sign); return { type, ...more }; };

// Only the parts that a flow may have are offered.
function Palette(palette, create, elementFactory, handTool) {
  palette.registerProvider(this);
  this.getPaletteEntries = () => {
    const entries = { hand: { group: "tools", className: "flow-sign-hand", title: words.hand, action: { click: (event) => handTool.activateHand(event) } } };
    for (const [, sign, title] of KINDS) {
      const begin = (event) => create.start(event, elementFactory.createShape(shapeOf(sign)));
      entries[sign] = { group: "parts", className: `flow-sign-${sign}`, title, action: { dragstart: begin, click: begin } };
    }
    return entries;
  };
}
Palette.$inject = ["palette", "create", "elementFactory", "handTool"];
function Pad(contextPad, connect, modeling) {
  contextPad.registerProvider(this);
  this.getContextPadEntries = (element) => {
    const entries = {};
    if (element.type !== "bpmn:SequenceFlow" && element.type !== "bpmn:EndEvent" && element.type !== "label") {
      for (const [, sign, title] of FOLLOWING) {
        entries[sign] = { group: "append", className: `flow-sign-${sign}`, title, action: { click: () => append(element, sign) } };
      }
      const begin = (event) => connect.start(event, element);
      entries.connect = { group: "connect", className: "flow-sign-connect", title: words.connect, action: { click: begin, dragstart: begin } };
    }
    entries.remove = { group: "edit", className: "flow-sign-remove", title: words.remove, action: { click: () => modeling.removeElements([element]) } };
    return entries;
  };
}
Pad.$inject = ["contextPad", "connect", "modeling"];

const modeler = new BpmnJS({
  container: document.getElementById("canvas"),
  moddleExtensions: { guatu: OWN },
  additionalModules: [{ paletteProvider: ["type", Palette], contextPadProvider: ["type", Pad], replaceMenuProvider: ["value", null] }],
});
const of = (name) => modeler.get(name);
let chosen = null, sourceTyped = false, changed = false, blanked = false;

const parts = () => of("elementRegistry").filter((one) => one.type.startsWith("bpmn:") && one.type !== "label" && !one.labelTarget);
const whole = () => of("canvas").getRootElement();
const kindWord = (one) => one.type === "bpmn:SequenceFlow" ? words.way : one === whole() ? words.flow : (KINDS.find(([type]) => type === one.type) || [, , one.type])[2];
const english = document.documentElement.lang.startsWith("en");
const nameOf = (one) => (one && ((english && one.businessObject.get("guatu:name-en")) || one.businessObject.name || one.id)) || "?";
const called = (one) => {
  const name = nameOf(one);
  return one.type === "bpmn:SequenceFlow" ? `${name}: ${nameOf(one.source)} → ${nameOf(one.target)}` : name;
};

// Where there is room: over no other part, and a sub-process grows with what comes into it.
function append(element, sign) {
  const made = sign === "edge" ? addAtEdge(element) : of("autoPlace").append(element, of("elementFactory").createShape(shapeOf(sign)));
  if (sign === "part") addStart(made, { x: made.x + 60, y: made.y + made.height / 2 });
  of("selection").select(made);
}
const addStart = (parent, at) => of("modeling").createShape({ type: "bpmn:StartEvent" }, at, parent);
const addAtEdge = (host) =>
  of("modeling").createShape({ type: "bpmn:BoundaryEvent", ...TIMER }, { x: host.x + host.width * 0.7, y: host.y + host.height }, host, { attach: true });
function fillLists() {
  const option = (one, value) => {
    const found = document.createElement("option");
    found.value = one.id;
    found.textContent = `${kindWord(one)} ${called(one)}`;
    found.selected = value;
    return found;
  };
  const order = [whole(), ...parts().filter((one) => one !== whole() && one.type !== "bpmn:SequenceFlow"), ...parts().filter((one) => one.type === "bpmn:SequenceFlow")];
  partList.replaceChildren(...order.map((one) => option(one, one === chosen)));
  const targets = order.filter((one) => one !== whole() && one.type !== "bpmn:SequenceFlow" && one.type !== "bpmn:StartEvent" && one !== chosen);
  toList.replaceChildren(...targets.map((one) => option(one, chosen && chosen.type === "bpmn:SequenceFlow" && chosen.target === one)));
}
// What somebody does, in files of other editors too; and what its clock lets happen.
const waitsFor = (object, kind) => (object.eventDefinitions || []).some((one) => one.$type === `bpmn:${kind}EventDefinition`);
function isStep(object) {
  const type = object.$type;
  if (type === "bpmn:IntermediateCatchEvent") return !waitsFor(object, "Timer") && !waitsFor(object, "Link");
  if (type === "bpmn:SubProcess") return !(object.flowElements || []).length;
  return type === "bpmn:CallActivity" || type === "bpmn:EventBasedGateway" || (object.$instanceOf("bpmn:Task") && type !== "bpmn:BusinessRuleTask");
}
const timerOf = (object) => (object.eventDefinitions || []).find((one) => one.$type === TIMER.eventDefinitionType);
const isTimer = (object) => object.$type !== "bpmn:StartEvent" && waitsFor(object, "Timer");
// What the panel shows of the chosen part.
function show(element) {
  chosen = element || whole();
  const type = chosen.type, object = chosen.businessObject;
  const timer = isTimer(object) ? timerOf(object) : null;
  const is = {
    any: true, node: chosen !== whole() && type !== "bpmn:SequenceFlow" && type !== "bpmn:EndEvent", way: chosen !== whole(), [type]: true,
    step: isStep(object), timer: Boolean(timer), whole: chosen === whole(), begins: ["bpmn:Process", "bpmn:Participant", "bpmn:SubProcess"].includes(type) && !chosen.collapsed,
  };
  for (const part of panel.querySelectorAll("[data-for]")) part.hidden = !part.dataset.for.split(" ").some((name) => is[name]);
  if (type === "bpmn:EndEvent") toList.closest("[data-for]").hidden = true;
  for (const field of panel.querySelectorAll("[data-property]")) field.value = object.get(field.dataset.property) || "";
  const roles = (object.get("guatu:role") || "").split(/\s+/);
  for (const tick of panel.querySelectorAll("[data-role]")) tick.checked = roles.includes(tick.value);
  panel.querySelector("[data-condition]").value = (object.conditionExpression && object.conditionExpression.body) || "";
  panel.querySelector("[data-default]").checked = Boolean(object.sourceRef && object.sourceRef.default === object);
  panel.querySelector("[data-duration]").value = (timer && timer.timeDuration && timer.timeDuration.body) || "";
  panel.querySelector("[data-beside]").checked = object.cancelActivity === false;
  panel.querySelector("[data-new] [value=edge]").hidden = !object.$instanceOf("bpmn:Activity");
  fillLists();
}
const write = (properties, element = chosen) => of("modeling").updateProperties(element, properties);
panel.addEventListener("change", (event) => {
  const field = event.target;
  if (field === partList) {
    const element = of("elementRegistry").get(field.value);
    if (element === whole()) { of("selection").select([]); show(element); } else reveal(element);
  } else if (field.dataset.property) write({ [field.dataset.property]: field.value.trim() || undefined });
  else if ("role" in field.dataset) write({ "guatu:role": [...panel.querySelectorAll("[data-role]:checked")].map((one) => one.value).join(" ") || undefined });
  else if ("condition" in field.dataset) {
    const body = field.value.trim();
    write({ conditionExpression: body ? of("moddle").create("bpmn:FormalExpression", { body }) : undefined });
  } else if ("duration" in field.dataset) {
    const body = field.value.trim(), definition = timerOf(chosen.businessObject);
    const told = { timeDuration: body ? of("moddle").create("bpmn:FormalExpression", { body }) : undefined };
    of("modeling").updateModdleProperties(chosen, definition, told);
  } else if ("beside" in field.dataset) write({ cancelActivity: !field.checked });
  else if ("default" in field.dataset) write({ default: field.checked ? chosen.businessObject : undefined }, chosen.source);
});
panel.querySelector("[data-append]").addEventListener("click", () => append(chosen, panel.querySelector("[data-new]").value));
panel.querySelector("[data-begin]").addEventListener("click", () => {
  const inner = chosen === whole() ? { x: 180, y: 180 } : { x: chosen.x + 60, y: chosen.y + chosen.height / 2 };
  of("selection").select(addStart(chosen, inner));
});
// All parts go, pools and other processes too; what the flow as a whole says stays.
panel.querySelector("[data-empty]").addEventListener("click", async () => {
  if (!window.confirm(words.empty)) return;
  await modeler.importXML(words.blank);
  changed = blanked = true;
  show(whole());
});
panel.querySelector("[data-delete]").addEventListener("click", () => of("modeling").removeElements([chosen]));
panel.querySelector("[data-connect-to]").addEventListener("click", () => {
  const target = of("elementRegistry").get(toList.value);
  if (!target) return;
  if (chosen.type === "bpmn:SequenceFlow") of("modeling").reconnectEnd(chosen, target, { x: target.x + target.width / 2, y: target.y + target.height / 2 });
  else of("selection").select(of("modeling").connect(chosen, target, { type: "bpmn:SequenceFlow" }));
});
function reveal(element) {
  of("selection").select(element);
  of("canvas").scrollToElement(element);
}

// The whole flow, right of the palette.
function fit() {
  const inner = of("canvas").viewbox().inner;
  of("canvas").viewbox({ x: inner.x - inner.width * 0.09, y: inner.y - 60, width: inner.width * 1.12, height: inner.height + 120 });
}
// At first the beginning of the flow, large enough to be read.
function begin() {
  fit();
  const { inner, outer } = of("canvas").viewbox();
  if (of("canvas").zoom() < 0.6) of("canvas").viewbox({ x: inner.x - 120, y: inner.y - 60, width: outer.width / 0.6, height: outer.height / 0.6 });
}
for (const button of document.querySelectorAll("[data-zoom]")) {
  button.addEventListener("click", () => button.dataset.zoom ? of("zoomScroll").stepZoom(Number(button.dataset.zoom)) : fit());
}

// What stands against the draft is marked at its part, not by colour alone.
function mark() {
  for (const one of JSON.parse(document.getElementById("flow-findings").textContent)) {
    const element = one.element && of("elementRegistry").get(one.element);
    if (!element || element === whole()) continue;
    of("canvas").addMarker(element, "flow-fault");
    const sign = document.createElement("span");
    sign.className = "flow-mark";
    sign.title = one.message;
    sign.textContent = "!";
    of("overlays").add(element, { position: { top: -10, left: -10 }, html: sign });
  }
}
for (const button of document.querySelectorAll("[data-show]")) {
  button.addEventListener("click", () => {
    const element = of("elementRegistry").get(button.dataset.show);
    if (!element) return;
    box.scrollIntoView();
    if (element === whole()) show(element); else reveal(element);
    partList.focus();
  });
}

const form = document.querySelector("[data-save]");
source.addEventListener("input", () => { sourceTyped = changed = true; });
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (box.dataset.drawn && !sourceTyped) source.value = (await modeler.saveXML({ format: true })).xml;
  changed = false;
  form.submit();
});
for (const other of document.querySelectorAll("[data-leaves]")) other.addEventListener("submit", (event) => {
  if (changed && !window.confirm(words.leave)) event.preventDefault(); else changed = false;
});
document.querySelector("[data-undo]").addEventListener("click", () => { if (of("commandStack").canUndo()) of("commandStack").undo(); });
window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });

modeler.importXML(source.value).then(() => {
  box.dataset.drawn = "1";
  const events = of("eventBus");
  events.on("selection.changed", ({ newSelection }) => show(newSelection.length === 1 ? (newSelection[0].labelTarget || newSelection[0]) : whole()));
  events.on("commandStack.changed", () => {
    changed = blanked || of("commandStack").canUndo();
    show(chosen && of("elementRegistry").get(chosen.id) ? chosen : whole());
  });
  begin();
  show(whole());
  mark();
}, (error) => {
  const failed = document.querySelector("[data-failed]");
  failed.hidden = false;
  failed.querySelector("span").textContent = error.message;
  box.hidden = true;
  form.querySelector("details").open = true;
});
