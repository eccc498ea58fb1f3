"""Money that a plan spends, pays or raises: amount in fen, purpose and source.

Money that is to be earned or produced (产值突破50亿元) is a target, not a fund; a size (500万元以上的项目) is neither.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

import msgspec

from guatu.core.kernel.regex import regex
from guatu.core.plan.clauses.breaks import clause_start, sentence_start
from guatu.core.plan.commitments.targets_money import is_outcome
from guatu.core.plan.model import SectionKind


class FundDraft(msgspec.Struct, frozen=True):
    """One amount of money in working positions."""

    start: int
    end: int
    amount_fen: int
    purpose: str | None
    source: str | None


_YUAN: Final = regex(
    r"元(?<![美欧日港单多二三公纪状]元)(?![旦素宵老首件月])(?:人民币)?(?P<per>/[一-鿿]{1,4}(?:·[一-鿿]{1,3})?)?"
)
_NUMBER: Final = regex(r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s?(?P<scale>[十百千]?[余多]?[万亿]?)$")
_SCALE: Final = {"十": 10, "百": 100, "千": 1000, "万": 10000, "亿": 100000000}
_SIZE: Final = regex(r"(?:\(含\))?(?:及|或)?(?:以上|以下|以内)(?=的?[一-鿿])(?!的?(?:资金|标准|奖|补|经费))")
_LIMIT: Final = regex(r"\s?(?:\(含\))?(?:及|或)?(?:以上|以下|以内|左右|之内)")
_NO_FUND: Final = regex(
    r"价格|[水电气票]价|人均工资|平均工资|月工资|罚款|处以|罚金|注册资本|单价|收费标准|门票|面值|限额|年租金|工资标准不|资产总额|损失|债务"
)
_SPENT: Final = regex(r"先后(?:投入|投资|争取)|累计(?:投入|投资|完成投资)|近年|已(?!拨)|去年|上年|截至|截止|目前")
_RAISED: Final = regex(r"由[^由]*?(?:提高|增加|调整|上调|降低)(?:到|至|为).*$")
_BEHIND: Final = regex(r"(?:的)?([一-鿿]{2,12}?(?:资金|经费|补助|补贴|奖励|专项|工程|项目|基金))")
_POOL: Final = regex(r"(?:的)?[一-鿿]{0,10}(?:基金|资金池|专项资金)")
_BASE: Final = regex(r"由(?:每[一-鿿]{1,3})?$")
_RISES: Final = regex(r"\s?(?:/[一-鿿]+)?(?:提高|提升|增加|调整|上调|降低|增|提)(?:到|至|为)")
_RATE: Final = regex(
    r"每(?:个)?[一-鿿]{1,3}?(?:每(?:年|月|天|日|次|人|学期))?(?=[^一-鿿]|补|奖|列|安|报|发|给|投|不|最|拨|按|$|标|资)"
)
_SOURCE: Final = regex(
    r"(?:(?:中央|国家|省|市|县|区|镇|乡镇|乡|村|上级|本级|各级|地方|对口|苏陕)(?:级|本级|县|市)?(?:[、和及](?:中央|国家|省|市|县|区|镇|乡镇|村)级?)*"
    r"(?:财政|预算内?|专项|补助|配套|衔接|补贴|统筹|彩票公益金|集体经济?|协作)(?:投资|资金|补助|专项|配套|预算内?|债券|收入|经费|拨款)*"
    r"|地方政府(?:专项|一般)?债券|专项债券?(?:资金)?|(?:群众|村级|企业|农户|自行|项目单位|单位)?自筹(?:资金)?|社会(?:资本|资金|捐赠|投资)|银行贷款|政策性贷款|以工代赈资金|帮扶资金|"
    r"福利彩票公益金|国债资金|土地出让(?:收益|金))"
)
_LEAD: Final = regex(
    r"(?:\s|其中|一是|二是|三是|四是|五是|[(]?[一二三四五六七八九十\d]{1,3}[)、.]|(?:到|至)?(?:20\d\d|20xx|xx)年(?:底|末)?前?|今年|每年|全年|力争|争取|确保|"
    r"计划|拟|预计|估算|概算|对|按照?|从|由|给予|分别|20\d\d-20\d\d年|(?:[省市县区镇乡]级?)?财政|安排|已?拨付|共|总|另|已)"
)
_SPENDING: Final = regex(
    r"(?:总投资|投资|投入|列支|安排|拨付|共拨付|合计|共计|总计|资金|经费|补助|补贴|奖补|奖励|给予|一次性|筹集|整合|争取|下达|落实|不少于|不低于|不超过|达到|约|为|达|最高|标准|按|的|:|"
    r"\s|需|共|总|完成|估算|额|概算|发放|分别)+$"
)
_VERB_LEAD: Final = regex(r"^(?:涉及|实施|完成|推进|建设|开展|启动|加快|对|用于|将|为)+")
_COUNTED: Final = regex(r"\d+(?:\.\d+)?[余多]?[万亿]?[一-鿿/]{0,4}$")
_HEADLINE: Final = regex(
    r"\s*(?:[(]?[一二三四五六七八九十\d]{1,3}[)、.]|[①-⑳]|第[一二三四五六七八九十]+条|[一二三四五六七八九十]是)\s?([^。:;\n]{3,24})[。:]"
)
_ABOUT_MONEY: Final = regex(r"资金|投入|保障|经费|金融|财政|奖|补")
WIDTH: Final = 30


def find_funds(norm: str, raw: str, spans: Sequence[tuple[int, int, SectionKind]]) -> list[FundDraft]:
    """The funds of one document; `spans` are its paragraphs in reading order, in positions of `norm`."""
    return [fund for start, end, _ in spans for fund in _in_paragraph(norm, raw, start, end)]


def _in_paragraph(norm: str, raw: str, start: int, end: int) -> Iterator[FundDraft]:
    before: FundDraft | None = None
    for yuan in _YUAN.finditer(norm, start, end):
        low = max(start, yuan.start() - 24)
        number = _NUMBER.search(norm[low : yuan.start()])
        if number is None:
            continue
        at = low + number.start()
        fund = _fund(norm, raw, start, at, yuan, number)
        if fund is None:
            continue
        if before is not None and norm[before.end : at] in ("、", "和", "及"):
            fund = msgspec.structs.replace(fund, purpose=before.purpose)
        before = fund
        yield fund


def _fund(norm: str, raw: str, floor: int, at: int, yuan: re.Match[str], number: re.Match[str]) -> FundDraft | None:
    if "," in number["number"] and "," not in raw[at : yuan.start()]:
        return None
    clause_at = max(clause_start(norm, at, floor), norm.rfind("、", max(floor, at - 30), at) + 1)
    clause, after = norm[clause_at:at], norm[yuan.end() : yuan.end() + 16]
    sentence = norm[sentence_start(norm, at, floor) : clause_at]
    if _is_no_fund(clause, sentence, after):
        return None
    amount = _fen(number)
    limit = _LIMIT.match(after)
    end = yuan.end() + (limit.end() if limit else 0)
    if amount is None:
        return None
    start = clause_at + len(clause) - len(clause.lstrip())
    words = _own_purpose(clause, after) or _work_named_before(sentence) or _headline(norm, floor)
    purpose = _with_rate(words, clause, yuan["per"])
    source = _SOURCE.search(clause) or _SOURCE.search(sentence[-40:])
    return FundDraft(start, end, amount, purpose, source[0] if source else None)


def _is_no_fund(clause: str, sentence: str, after: str) -> bool:
    if _POOL.match(after):
        return False
    if _SIZE.match(after) or is_outcome(clause) or _NO_FUND.search(clause):
        return True
    if _BASE.search(clause) and _RISES.match(after):
        return True
    return bool(_SPENT.search(clause)) or ("近年" in sentence and "将" not in sentence)


def _fen(number: re.Match[str]) -> int | None:
    value = Decimal(number["number"].replace(",", ""))
    for sign in number["scale"]:
        value *= _SCALE.get(sign, 1)
    fen = value * 100
    return int(fen) if fen == int(fen) and fen < 10**20 else None


def _headline(norm: str, floor: int) -> str:
    """The heading in front of a paragraph, where it names what the money is for."""
    found = _HEADLINE.match(norm, floor)
    if not found or _ABOUT_MONEY.search(found[1]):
        return ""
    return _VERB_LEAD.sub("", found[1])


def _own_purpose(clause: str, after: str) -> str:
    """What the clause itself names, before the amount (修渠资金3万元) or behind it (3万元的修渠资金)."""
    words = _trim(_RAISED.sub("", _RATE.sub("", clause, count=1)))
    behind = _BEHIND.match(after)
    if not behind:
        return words
    return behind[1] if words.endswith(("规模", behind[1])) else words + behind[1]


def _with_rate(words: str, clause: str, per: str | None) -> str | None:
    rate = _RATE.search(clause)
    share = rate[0] if rate else "每" + per[1:].lstrip("每") if per else ""
    return (f"{words[-WIDTH:]}({share})" if share else words[-WIDTH:]) or None


def _work_named_before(sentence: str) -> str:
    """实施甲工程,投资X: the work in the clause before."""
    parts = [part for part in re.split("[,:。;、]", sentence) if part]
    named = parts[-1] if parts else ""
    return _trim(named) if named.endswith(("工程", "项目", "人员", "行动")) else ""


def _trim(words: str) -> str:
    words = words[words.rfind("(") + 1 :] if words.count("(") > words.count(")") else words
    words = words.strip(" \t、()")
    while found := _LEAD.match(words):
        words = words[found.end() :]
    kept = _SPENDING.sub("", words)
    kept = _COUNTED.sub("", kept) if _COUNTED.search(kept) else kept
    kept = _VERB_LEAD.sub("", kept)
    return kept if len(kept) >= 2 else ""
