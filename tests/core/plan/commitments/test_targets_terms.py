"""Terms of reliefs and grants, conditions, questions and old values are no goals; what looks like them and is one stays."""

import pytest

from guatu.core.plan.compiler import compile_text


def targets(words: str) -> list[tuple[str, object, str]]:
    text = f"青禾县2026年工作方案\n一、主要任务\n(一)抓好工作。{words}\n(二)加强宣传。每周推送。\n"
    return [(t.op, t.value, t.unit) for d in compile_text(text).plan.documents for t in d.targets]


NO_GOALS = {
    "how long interest is paid": "对名单内企业给予贴息,贴息期限不超过1年。",
    "a share of what was paid": "按实际利率的50%给予贴息。",
    "a share at most": "按照培训费用享受不超过95%的补贴。",
    "who may ask for a refund": "对裁员率不超过20%的企业返还稳岗资金。",
    "whom a rule is for": "对体温超过37.5℃的,劝返并登记。",
    "which agencies are rewarded": "对开展业务超过20笔(含)的机构,按规定予以奖励。",
    "what is paid for each": "每推荐1名劳动者就业,给予一次性奖励。",
    "a question of a check": "检查每间宿舍是否超过6人。",
    "a definition": "聚集性疫情是指14天内发现5例以上病例。",
    "what there was before": "将优惠政策从10个站点扩大到全县。",
    "a manner": "企业分3个批次复工。",
    "a day that something begins on": "推动企业2月10起复工。",
}


@pytest.mark.parametrize("words", NO_GOALS.values(), ids=NO_GOALS.keys())
def test_terms_and_conditions_are_no_goals(words: str) -> None:
    assert targets(words) == []


GOALS = {
    "确保企业贷款利率降到4%以下。": ("<=", 4, "%"),
    "审批时限不超过3个工作日。": ("<=", 3, "个工作日"),
    "依法办理延期缴纳,最长不超过3个月。": ("<=", 3, "个月"),
    "贷款综合成本较上年降低0.5个百分点。": ("+", 0.5, "个百分点"),
    "企业债券发行超过350亿元。": (">=", 350, "亿元"),
    "再担保收费不高于承担责任的0.5%。": ("<=", 0.5, "%"),
    "降低企业用电成本3亿元以上。": (">=", 3, "亿元"),
    "担保费率降到1.5%以下。": ("<=", 1.5, "%"),
}


@pytest.mark.parametrize(("words", "wanted"), GOALS.items())
def test_what_is_to_be_reached_stays_a_goal(words: str, wanted: tuple[str, float, str]) -> None:
    (found,) = targets(words)
    assert found[1:] == wanted[1:]
    assert found[0] in (wanted[0], "=")
    assert (found[0] == "<=") == (wanted[0] == "<=")
