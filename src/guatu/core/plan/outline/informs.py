"""Documents that set nothing to be done, told by their form: what explains, is written to everybody, tells news, gives
results, or lays rules down for good. What in them names its units is a task all the same.
"""

from typing import Final

from guatu.core.kernel.regex import regex

_TOLD: Final = {
    "解读": "政策解读|《稳岗措施》出台背景",
    "问答": "稳岗政策知识问答",
    "答疑": "稳岗政策答疑",
    "一图读懂": "一图读懂稳岗措施",
}
_LETTERS: Final = {
    r"致[^。《》“”\n]{2,24}的?(?:一封|公开)+信": "致全县居民的一封信",
    r"告[^。《》“”\n]{2,16}书": "告全县居民书",
    r"(?:告知书|倡议书|公开信|感谢信|慰问信|温馨提示)": "返乡人员告知书",
}
_LETTER: Final = regex(rf"[^。;,:《》“”\n]{{0,30}}(?:{'|'.join(_LETTERS)})(?= |\n|$)")
_ADDRESSED: Final = regex(
    r"(?:^|[ \n]|广大|尊敬的|各位|亲爱的)(?:[全本][县市区]|外地|返乡)?"
    r"(?:市民|居民|村民|家长|乡亲|旅客|网友|群众|同学|纳税人)(?:朋友)?们?(?:、[^:。]{1,12})? ?[:!]"
)
"""广大市民朋友: the top of what is addressed to everybody, asks for conduct and gives no office anything to do."""
_TELLS: Final = regex("|".join(_TOLD))

NEWS: Final = {
    r"记者(?:[^,。;:\n]{0,12}(?:摄|报道|电|从|在|近日|日前|昨|今|了解|看到|采访|走访|获悉|发现|来到|问)|[ :)/、\u4e00-\u9fff]{0,16}\))": (
        "(记者 王平)县水利局新建泵站5座。"
    ),
    r"新华社|本报讯|中新网": "新华社青禾2月3日电 县水利局新建泵站5座。",
    r"(?:新华社|[\u4e00-\u9fff]{2,6}[网报社台])[\u4e00-\u9fff]{2,6}\d{1,2}月\d{1,2}日(?:电|讯|消息)": "青禾网青禾3月5日讯",
    r"(?:本报|本网|日报|晚报) ?讯": "本报讯",
    r"记者[^。]{0,16}(?:从[^。]{2,24}获悉|获悉|了解到|采访|报道)": "记者从县教育局获悉",
    r"\([^()]{0,10}(?:记者|通讯员)[^()]{0,20}\)": "(记者 李明)",
}
"""Who sent a piece of news, and from where."""
_HEARD: Final = "据悉|获悉"
_SPOKEN: Final = {
    r"会议(?:指出|强调)[,:]|(?:主持召开|主持并讲话|调研时强调|检查时强调)": "县委书记李明主持召开防汛会议",
    r"据悉[,:]": "据悉,全县已有三家企业复工",
    r"(?:昨天|昨日|今天|今日)(?:上午|下午)?[^。]{0,40}(?:消息|通报|发布会|举行|召开|宣布)": "县教育局昨天发布消息",
    r"(?:介绍|表示|告诉记者|说) ?[,:]? ?“": "县教育局局长介绍:“已经开工。”",
    r"(?:局长|主任|处长|科长|负责人)[\u4e00-\u9fff]{2,4}(?:介绍|表示|说)[,:]": "县教育局局长李明介绍,已经开工",
}
"""What news says of those who act or speak; a plan may cite it in its first sentence."""
_REPORTED: Final = regex("|".join(NEWS))
_TOLD_OF: Final = regex("|".join(_SPOKEN))
_NEWS_WORDS: Final = regex("|".join((*NEWS, _HEARD)))
_IN_FULL: Final = regex(r"(?:全文|原文|内容|通知|通告|公告|意见|方案|措施)(?:全文)?如下|纪要")
"""A document that news gives in full, and the minutes of a meeting, set what they set."""
_CODES: Final = "条例|规则|章程|公约|守则|标准|规范|规程|导则"
_CODE: Final = regex(rf"(?:{_CODES})(?:\([^()]{{2,20}}\))?$")
_ARTICLED: Final = regex(rf"(?:{_CODES}|规定|办法|细则)(?:\([^()]{{2,20}}\))?$")
_SETS: Final = regex("任务|方案|计划|分工|清单")
"""重点任务及验收标准 sets tasks whatever its last word is."""
_ISSUED: Final = regex(r"关于(?:印发|公布|发布|下发)(?P<name>[^。:]{4,80}?)的?(?:通知|公告|决定)$")

_INFORMS: Final = {
    r"(?:结果|(?<!项目)名单|排名)(?:情况)?的?(?:通报|公示|公告|通知)": "关于2024年度考核结果的通报",
    r"(?:表彰|表扬|授予|命名)(?:(?!工作|活动|申报|推荐|评选)[^。:]){2,40}(?:决定|通报|通知)": "关于表彰造林先进集体的决定",
    r"(?:任免|任职|免职|任命)的?(?:通知|决定)|职务任免": "关于李明等同志任免的通知",
    r"(?:放假|节假日)(?:调休)?(?:安排|时间)?的?(?:通知|公告|通告)": "关于2024年部分节假日安排的通知",
    r"(?:招聘|招录|招考|选调|遴选|招标|采购|招生|拍卖|出让|中标|成交)[^。:]{0,20}(?:公告|简章|启事)": (
        "青禾县2024年公开招聘教师公告"
    ),
    r"(?:提案|建议)的?(?:答复|复函|回复)": "关于县政协第12号提案的答复",
}
"""Titles of documents that say how something is or was settled."""
_INFORMING: Final = regex("|".join(_INFORMS))
_FOLLOWS: Final = {
    r"现将[^。:]{0,30}(?:结果|(?<!项目)名单)[^。:]{0,6}(?:公布|公示|通报|公告|通知)如下": "现将考核结果通报如下:",
    r"您[^。]{0,60}收悉": "您提出的建议收悉,现答复如下:",
    r"决定[^。:]{0,20}(?:表彰|表扬|授予)[^。]{0,60}[。:]": "县政府决定对下列单位予以表彰:",
}
"""What such a document says before it lists."""
_FOLLOWING: Final = regex("|".join(_FOLLOWS))
_GUIDE: Final = regex(r"(?:办理|办事|服务|申报|申请|报名)(?:指南|流程|须知)(?= |\n|$)")
_LONGEST_TITLE: Final = 120


def tells(opening: str) -> bool:
    """Whether a document explains another one to its readers, or is a letter to everybody: its top says so."""
    return bool(_TELLS.search(opening) or _LETTER.match(opening) or _ADDRESSED.search(opening))


def reports_news(opening: str, *, titled: bool) -> bool:
    """Whether a text is a piece of news: a dateline or its reporter at the top, and no document given in full.

    What is told of people is no sign in a text that is `titled` as documents are.
    """
    reported = _REPORTED.search(opening) or (not titled and _TOLD_OF.search(opening))
    return bool(reported) and not _IN_FULL.search(opening)


def regulates(title: str, *, articles: bool) -> bool:
    """Whether a document sets rules that hold for everybody and for good: what it is called, and its articles.

    青禾县造林管理办法 in articles is one, and so is the notice that issues it where no line parts the two; 造林实施办法
    with sections and units is a plan.
    """
    title = title.replace("\n", "")
    issued = _ISSUED.search(title)
    title = (issued["name"] if issued else title).rstrip(" 》")
    if _SETS.search(title):
        return False
    return (_ARTICLED if articles else _CODE).search(title) is not None


def informs(opening: str) -> bool:
    """Whether a document gives results, names, days, answers or ways to apply: its title says so, or what it announces.

    A bracket behind a name of such a document says where somebody works, not who has something to do.
    """
    title = opening[:_LONGEST_TITLE].partition("。")[0]
    named = _INFORMING.search(title.replace("\n", "")) or _GUIDE.search(title.partition(":")[0])
    return bool(named or _FOLLOWING.search(opening))


def news_words(norm: str, start: int, end: int) -> tuple[int, int] | None:
    """The first words by which a text without items tells what somebody was told; None where it has none."""
    found = _NEWS_WORDS.search(norm, start, end)
    return found.span() if found else None
