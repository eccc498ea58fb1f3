"""What a BPMN file may have that is not run here: errors keep a flow from being published, warnings say what somebody
does by hand."""

from guatu.core.kernel.finding import Kind

NO_PROCESS = Kind("flow.no-process", "error", "文件中没有 BPMN 流程(process)", "there is no BPMN process in this file")
SEVERAL_PROCESSES = Kind(
    "flow.several-processes",
    "error",
    "文件里有几个流程:{names};请选定按哪一个办理",
    "there are several processes in this file: {names}; choose the one that cases follow",
)
NO_ID = Kind("flow.no-id", "error", "{kind} 没有 id;请补上", "a {kind} has no id; give it one")
BAD_REWORK = Kind(
    "flow.bad-rework",
    "error",
    "“{element}”的 rework“{value}”不认识;用 resume 或 restart",
    "rework '{value}' of '{element}' is unknown; use resume or restart",
)
BAD_OUTCOME = Kind(
    "flow.bad-outcome",
    "error",
    "“{element}”的 outcome“{value}”不认识;只有结束事件可以写,用 done、refused 或 failed",
    "outcome '{value}' of '{element}' is unknown; end events have one: done, refused or failed",
)
CODE = Kind(
    "flow.code",
    "warning",
    "“{element}”({name})是 {kind}:其中的程序或被调用的流程保留在文件里,从不执行,这一步由人办理",
    "'{element}' ({name}) is a {kind}: its program or called process stays in the file and is never run;"
    " somebody does it by hand",
)
NOT_SUPPORTED = Kind(
    "flow.not-supported",
    "error",
    "“{element}”({name})是{zh},这里办不了;{do}",
    "'{element}' ({name}) is {en}, which cannot be run here; {do_en}",
)
STARTED_BY = Kind(
    "flow.started-by",
    "warning",
    "开始事件“{element}”({name})由{zh}触发:这里由人立案时开始,触发条件只保留在图上",
    "start event '{element}' ({name}) is triggered by {en}: here somebody opens the case, the trigger stays in the"
    " drawing",
)
SENDS = Kind(
    "flow.sends",
    "warning",
    "“{element}”({name})会发出{zh}:这里什么也不发,案件直接往下走;要有人发送请用发送任务",
    "'{element}' ({name}) would send {en}: nothing is sent, the case goes on; use a send task where somebody has to",
)
NOT_CAUGHT = Kind(
    "flow.not-caught",
    "warning",
    "“{element}”({name})抛出的{zh}没有边界事件捕获:按普通事件办理",
    "no boundary event catches {en} that '{element}' ({name}) throws: it is taken as a plain event",
)
REPEATED = Kind(
    "flow.repeated",
    "warning",
    "“{element}”({name})标有循环或多实例:案件在这里只停一次,要办几遍由办理人在这一步里办完",
    "'{element}' ({name}) is marked as repeated or for several: a case stands there once, whoever acts does all of it",
)
EMPTY_PART = Kind(
    "flow.empty-part",
    "warning",
    "子流程“{element}”({name})里没有内容:作为一个环节由人办理",
    "sub-process '{element}' ({name}) has nothing in it: it is one step, which somebody does",
)
NO_ROLL_BACK = Kind(
    "flow.no-roll-back",
    "warning",
    "“{element}”({name})是事务:按普通子流程办理,不会自动撤销",
    "'{element}' ({name}) is a transaction: it runs as a plain sub-process, nothing is undone by itself",
)
NO_LINK = Kind(
    "flow.no-link",
    "error",
    "链接事件“{element}”({name})没有唯一的同名去处;请在同一层放一个同名的捕获链接事件",
    "link event '{element}' ({name}) has no single target of the same name; put one catching link event beside it",
)
TOO_DEEP = Kind(
    "flow.too-deep",
    "error",
    "子流程“{element}”嵌套超过 {most} 层;请拆开",
    "sub-process '{element}' is nested more than {most} deep; take it apart",
)
EXTENSION = Kind(
    "flow.extension",
    "warning",
    "扩展 {namespace} 有 {count} 处:保留在文件里,这里不用",
    "extension {namespace}, {count} times: kept in the file, not used here",
)
