"""Characters that are never right in simplified text: variants, traditional forms, and what scanners and broken fonts
put in the place of a common character (釆 for 采, 徳 for 德, 臵 for 置).

They look right on paper, but no search finds the word, and no list matches the name. A text that is traditional
throughout is left alone.
"""

from collections.abc import Iterator

from guatu.core.fields.normal import repaired
from guatu.core.kernel.finding import Finding, Kind
from guatu.core.kernel.regex import regex
from guatu.core.plan.lint.view import LintView, Place

KIND = Kind(
    "plan.misread-character",
    "error",
    zh="“{wrong}”应为“{right}”（见“{around}”）{more_zh}",
    en="“{wrong}” should be “{right}” (in “{around}”){more_en}",
)

# wrong character, right character, in pairs. First line: variants and Japanese forms; second: what broken fonts in
# PDF files yield; then traditional forms that are common in official words.
_PAIRS = (
    "釆采徳德囯国亊事囗口値值歩步毎每巻卷抜拔浄净渉涉単单戦战収收処处実实対对団团図图圏圈変变営营増增歳岁検检権权県县産产"
    "臵置丌不亍于仸任迚进呾和斱方刜初叧另丏且乊之亐亏弻弼冴况凢凡勥强勍强劢励凈净"
    "後后馀余於于內内戶户說说稅税產产強强為为爲为與与裏里裡里總总縣县鎮镇鄉乡區区國国務务農农業业發发開开關关長长會会辦办"
    "員员個个這这時时實实現现將将應应對对動动種种經经濟济設设計计劃划項项資资單单責责導导進进達达還还過过運运選选"
    "廠厂廣广張张強强護护報报點点無无為为環环產产電电療疗確确積积範范線线組组統统維维網网義义習习聯联職职節节蓋盖處处號号"
    "衛卫補补複复規规視视覺觉觀观討讨訓训記记許许訴诉診诊評评詢询試试詳详認认語语誠诚課课調调談谈請请論论證证識识議议變变讓让"
    "貧贫貨货貫贯費费賃赁質质賽赛購购贏赢車车軍军輔辅輸输轉转辭辞邊边遠远適适遲迟郵邮鄰邻醫医釋释針针鋼钢錢钱錯错鐵铁門门"
    "間间閉闭閱阅隊队階阶陽阳陸陆隨随險险雖虽雙双雜杂離离難难靈灵頂顶順顺預预領领題题額额類类顯显風风飛飞飲饮餐餐養养館馆"
    "馬马駐驻騎骑驗验驚惊體体髒脏鬆松鬧闹魚鱼鮮鲜鳥鸟黃黄黨党齊齐齡龄"
)
_RIGHT = {wrong: right for wrong, right in zip(_PAIRS[::2], _PAIRS[1::2], strict=True) if wrong != right}
# Kangxi radicals and compatibility ideographs look exactly like the character they are not.
_ODD = regex(f"[{''.join(_RIGHT)}\u2e80-\u2fd5\uf900-\ufad9]")
_TRADITIONAL_KINDS = 25
# The button of a web page that switches the script.
_SWITCH = frozenset(["繁體", "簡體"])


def check(view: LintView) -> Iterator[Finding]:
    places = list(_places(view.reading.written))
    if len({key for key, _ in places}) > _TRADITIONAL_KINDS:
        return
    yield from view.folded(KIND, places)


def _places(raw: str) -> Iterator[tuple[str, Place]]:
    for match in _ODD.finditer(raw):
        wrong = match[0]
        at = match.start()
        if raw[at - 1 : at + 1] in _SWITCH or raw[at : at + 2] in _SWITCH:
            continue
        around = " ".join(raw[max(0, at - 3) : at + 4].split())
        yield wrong, Place(at, at + 1, {"wrong": wrong, "right": _right(wrong), "around": around})


def _right(wrong: str) -> str:
    return _RIGHT.get(wrong) or repaired(wrong)
