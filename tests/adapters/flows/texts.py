"""A flow and a decision table as their files, to be changed by tests."""

BPMN = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:guatu="https://guatu.example/flow/1" id="d"
    targetNamespace="x">
  <process id="p" name="流程" isExecutable="true">
    <startEvent id="s" />
    <userTask id="a" name="登记" guatu:role="r" guatu:clock="c" guatu:fields="place note?" />
    <businessRuleTask id="route" guatu:decision="routing" />
    <userTask id="b" name="办理" guatu:role="r q" guatu:clock="c" />
    <exclusiveGateway id="g" />
    <endEvent id="e" />
    <sequenceFlow id="f1" sourceRef="s" targetRef="a" />
    <sequenceFlow id="f2" sourceRef="a" targetRef="route" />
    <sequenceFlow id="f3" sourceRef="route" targetRef="b" />
    <sequenceFlow id="f4" sourceRef="b" targetRef="g" />
    <sequenceFlow id="f5" name="办结" sourceRef="g" targetRef="e">
      <conditionExpression>move = "forward"</conditionExpression>
    </sequenceFlow>
    <sequenceFlow id="f6" name="退回" guatu:verb="return" sourceRef="g" targetRef="a">
      <conditionExpression>move = "back"</conditionExpression>
    </sequenceFlow>
  </process>
</definitions>
"""
DMN = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="派遣" namespace="x">
  <decision id="routing" name="派遣">
    <decisionTable id="t" hitPolicy="FIRST">
      <input id="i1"><inputExpression id="x1" typeRef="string"><text>class_code</text></inputExpression></input>
      <input id="i2"><inputExpression id="x2" typeRef="number"><text>amount</text></inputExpression></input>
      <output id="o1" label="unit" name="unit" typeRef="string" />
      <rule id="r1">
        <description>贵的归局里</description>
        <inputEntry id="c1"><text>"01", "02"</text></inputEntry>
        <inputEntry id="c2"><text>&gt;= 100</text></inputEntry>
        <outputEntry id="c3"><text>"局"</text></outputEntry>
      </rule>
      <rule id="r2">
        <inputEntry id="c4"><text>"01", "03"</text></inputEntry>
        <inputEntry id="c5"><text>]10..100[</text></inputEntry>
        <outputEntry id="c6"><text>"站"</text></outputEntry>
      </rule>
      <rule id="r3">
        <inputEntry id="c7"><text>-</text></inputEntry>
        <inputEntry id="c8"><text></text></inputEntry>
        <outputEntry id="c9"><text>"镇"</text></outputEntry>
      </rule>
    </decisionTable>
  </decision>
</definitions>
"""
