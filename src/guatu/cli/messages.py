"""What the program says, in both languages. A message says where, what, and what to do."""

from collections.abc import Mapping

from guatu.cli.language import Language

_MESSAGES: dict[str, tuple[str, str]] = {
    "program.help": (
        "挂图：把县里的方案编译成可核对、可追溯的台账。\n\n方案文件可以是 txt、md、html、docx、pdf、xlsx；doc、wps 需本机装有 LibreOffice。",
        "guatu compiles plan documents of local government into checked, traceable ledgers.\n\n"
        "A plan may be txt, md, html, docx, pdf or xlsx; doc and wps need LibreOffice.",
    ),
    "program.epilog": (
        "返回码：\n\n"
        "  0    完成\n"
        "  1    check 查出至少一处错误\n"
        "  2    有文件无法读取，或命令写错\n"
        "  3    结果无法写出\n"
        "  4    explain 找不到这个标识\n"
        "  70   程序自身出错\n"
        "  130  被中断\n\n"
        "语言：--lang zh|en，或环境变量 GUATU_LANG。",
        "Exit codes:\n\n"
        "  0    done\n"
        "  1    check found at least one error\n"
        "  2    a file could not be read, or the command was called wrongly\n"
        "  3    a result could not be written\n"
        "  4    explain: no item has this id\n"
        "  70   a fault of the program itself\n"
        "  130  interrupted\n\n"
        "Language: --lang zh|en, or the environment variable GUATU_LANG.",
    ),
    "help.usage": ("用法：", "Usage: "),
    "help.commands": ("命令：", "Commands:"),
    "help.options": ("选项：", "Options:"),
    "help.help": ("显示帮助。", "Show this help."),
    "help.version": ("显示版本。", "Show the version."),
    "help.lang": ("语言：zh 或 en。", "Language: zh or en."),
    "compile.short": ("把方案编译成台账", "Compile plans into ledgers"),
    "compile.help": (
        "把方案编译成台账。\n\n"
        "PATH 是文件或文件夹（含下级文件夹）。一个文件的 table、json、csv 默认显示在屏幕上；几个文件的 table 是每个文件一行的汇总，"
        "其他格式用 -o 指明文件夹。",
        "Compile plans into ledgers.\n\n"
        "PATH is a file or a folder (with the folders in it). The table, json or csv of one file goes to the screen;"
        " the table of several files is one line a file; for other formats name a folder with -o.",
    ),
    "compile.format": (
        "台账格式：{formats}。默认 table，或由 -o 的后缀决定。",
        "{formats}. Default: table, or what the suffix of -o says.",
    ),
    "compile.out": ("写到这个文件或文件夹。", "Write to this file or folder."),
    "compile.jobs": ("同时用几个进程，0 为全部核心。", "Processes to use; 0 for one a core."),
    "compile.seconds": (
        "读取一个文件最多用多少秒处理器时间，0 为不限。默认随文件大小，也可用环境变量 GUATU_READ_SECONDS。",
        "Seconds of CPU time that a file may take; 0 for no limit. Default: by its size, or GUATU_READ_SECONDS.",
    ),
    "compile.units": (
        "本县单位名录：每行一个单位，简称、曾用名写在同一行，用制表符隔开。",
        "The county's units: one name a line, its short and former names behind it, separated by tabs.",
    ),
    "compile.memory": (
        "读取一个文件最多用多少 MB 内存，0 为不限。默认 1024，也可用环境变量 GUATU_READ_MEMORY。",
        "Megabytes of memory that a file may take; 0 for no limit. Default: 1024, or GUATU_READ_MEMORY.",
    ),
    "check.short": ("检查方案自身的问题", "Find what is wrong with plans themselves"),
    "check.help": (
        "检查方案自身的问题：合计不符、单位重复、编号跳号、占位符、缺单位、缺时限等，逐条打印为 文件:行:列 代码 说明。\n\n"
        "有错误级问题时返回码为 1；只有提醒时为 0。",
        "Find what is wrong with plans themselves: sums that do not add up, units named twice, gaps in the numbering,"
        " placeholders, tasks without unit or deadline. Prints file:line:column code message.\n\n"
        "The exit code is 1 where there is an error, 0 where there are only warnings.",
    ),
    "check.format": ("text、json 或 sarif（2.1.0）。", "text, json or sarif (2.1.0)."),
    "check.select": ("只查这些代码，用逗号分开。", "Only these codes, separated by commas."),
    "check.ignore": ("不查这些代码，用逗号分开。", "Not these codes, separated by commas."),
    "diff.short": ("比较方案的两个版本", "Compare two versions of a plan"),
    "diff.help": (
        "比较方案的两个版本：逐项任务列出新增、删除、移动、改号、改名，以及单位、目标、时限的变化。\n\n"
        "加 --above 则对照上级方案：guatu diff --above 上级方案 下级方案。",
        "Compare two versions of a plan: task by task, what came, went, moved, was renumbered or retitled, and which"
        " units, targets and deadlines changed.\n\n"
        "With --above, hold a plan against the one above it: guatu diff --above HIGHER LOWER.",
    ),
    "diff.format": ("text 或 json。", "text or json."),
    "diff.json": ("同 -f json。", "The same as -f json."),
    "diff.above": (
        "OLD 是上级方案，NEW 是依据它的下级方案：逐项看上级的目标和时限是守住了、变弱了、没有了，还是不能判断。",
        "OLD is a higher plan, NEW the lower plan that follows it: goal by goal, what is held, weaker, missing or not"
        " known.",
    ),
    "explain.short": ("说明一个条目出自哪里", "Show where an item comes from"),
    "explain.help": (
        "说明一个条目出自哪里：内容、位置、原文各行，并标出原字。\n\n"
        "ID 是台账里的标识（k4 任务、t12 目标、d3 时限），也可以是任务编号，如 三(二)1。",
        "Show where an item comes from: what it says, its place, its source lines with the characters marked.\n\n"
        "ID is an id of the ledger (k4 a task, t12 a target, d3 a deadline) or the number of a task, such as 三(二)1.",
    ),
    "drg.short": ("DRG 分组、权重与结算", "DRG payment: grouping, weights, settlement"),
    "drg.help": (
        "DRG 付费：按分组方案给病案分组，由历史数据算权重与点数，结算。各步骤见下列命令。",
        "DRG payment: group stays by a scheme, weights and points from history, settlement. Each step is a command.",
    ),
    "drg.missing": (
        "DRG 需要的组件没有安装：{names}。请运行 pip install 'guatu[drg]'。",
        "The libraries for DRG are not installed: {names}. Run pip install 'guatu[drg]'.",
    ),
    "serve.short": ("运行县级平台网站", "Run the county server"),
    "serve.help": (
        "运行县级平台网站：先更新数据库，再启动网页、后台任务和每小时一次的定时任务。按 Ctrl-C 停止。\n\n"
        "数据默认放在 SQLite；用环境变量 GUATU_DATABASE=postgresql://用户:口令@主机/库 改用 PostgreSQL。",
        "Run the county server: brings the database up to date, then starts pages, background work and the hourly "
        "clock."
        " Ctrl-C stops it.\n\n"
        "Data lie in SQLite; GUATU_DATABASE=postgresql://user:password@host/name makes it PostgreSQL.",
    ),
    "serve.host": (
        "监听的地址，默认 {default}；0.0.0.0 对外开放。",
        "Address to listen on. Default: {default}; 0.0.0.0 for all.",
    ),
    "serve.port-help": ("端口，默认 {default}。", "Port. Default: {default}."),
    "serve.workers": ("网页进程数，默认 {default}。", "Processes for pages. Default: {default}."),
    "serve.data": (
        "数据文件夹，默认是环境变量 GUATU_DATA 或当前文件夹下的 var。",
        "Folder of the data. Default: GUATU_DATA, or var in the current folder.",
    ),
    "serve.running": ("平台已启动：{url} （按 Ctrl-C 停止）", "The server is running: {url} (Ctrl-C stops it)"),
    "serve.port": (
        "不能监听 {host}:{port}（{reason}）。请换一个 --port，或先停止占用它的程序。",
        "Cannot listen on {host}:{port} ({reason}). Choose another --port or stop the program that uses it.",
    ),
    "serve.no-database": (
        "数据库没有准备好，原因见上。请检查 GUATU_DATABASE、数据文件夹的权限和磁盘空间。",
        "The database could not be made ready, for the reason above. Check GUATU_DATABASE, the permissions of the data"
        " folder and the space on the disk.",
    ),
    "manage.short": ("维护网站（Django 的管理命令）", "Upkeep of the server (Django's own commands)"),
    "manage.help": (
        "维护网站：把后面的命令交给 Django，例如 createsuperuser、load_example、dumpdata。",
        "Upkeep of the server: hands the command to Django, such as createsuperuser, load_example, dumpdata.",
    ),
    "doctor.short": ("检查县级平台缺什么", "Say what the county's server lacks"),
    "doctor.help": (
        "检查县级平台：开始使用的每一步有什么、缺什么，再看业务包、设置、案件和工作日历。\n\n"
        "什么也不缺时退出码为 0，有缺的为 1；只是提醒的不算缺。",
        "Checks the county's server: what is there and what is missing of each first step, then packs, settings, cases"
        " and the working calendar.\n\nThe exit code is 0 when nothing is missing, else 1; advice alone is nothing"
        " missing.",
    ),
    "backup.short": ("备份县级平台（运行中也可以）", "Back the county up, also while the server runs"),
    "backup.help": (
        "备份县级平台：数据库、附件和密钥写成一个文件，写完后读回核对，核对无误才换成正式名称。平台运行时也可以备份。\n\n"
        "附件有缺失时照样备份，逐个列出，返回码为 1。",
        "Backs the county up: database, uploaded files and secret in one file, which is read back and checked before it"
        " gets its name. The server may be running.\n\n"
        "Where uploaded files are missing, the backup is made all the same, they are named, and the exit code is 1.",
    ),
    "backup.to": (
        "写到这个文件夹（须已存在）或这个 .tar 文件；默认是数据文件夹下的 backups。",
        "Folder, which must be there, or .tar file to write. Default: backups in the folder of the data.",
    ),
    "backup.keep": (
        "只留本县最近的 N 份备份；0 为全部保留。",
        "Keep the newest N backups of this county in the folder; 0 keeps all.",
    ),
    "backup.passphrase": ("文件的第一行是备份的口令。", "File whose first line is the passphrase of the backup."),
    "backup.no-county": (
        "{name} 里没有平台的数据。请用 --data 指明数据文件夹。",
        "{name} holds no data of a county server. Name its folder with --data.",
    ),
    "settings.short": ("查看和修改县里的设置", "See and change the settings of a county"),
    "settings.help": (
        "查看和修改县里的设置：与“系统设置”一页相同，改动自一个日期起执行，并记入操作记录。各步骤见下列命令。",
        "See and change the settings of a county, as its page of settings does: a change holds from a day on and leaves"
        " an audit line. Each step is a command.",
    ),
    "county.short": ("用一个工作簿建立一个县", "Set a county up by one workbook"),
    "county.help": (
        "用一个工作簿录入县名、乡镇街道、单位、人员和账号，与“开始使用”一页相同。各步骤见下列命令。",
        "Enter a county's name, towns, units, people and accounts by one workbook, as its page of first steps does."
        " Each step is a command.",
    ),
    "restore.short": ("检验或恢复备份", "Try a backup, or restore it"),
    "restore.help": (
        "检验备份（--verify），或把它恢复到一个文件夹（--data）。\n\n"
        "检验时在临时位置打开备份、核对每个字节并试装进本版本，不改动任何东西。PostgreSQL 的备份恢复到 GUATU_DATABASE"
        " 指明的空数据库。",
        "Tries a backup (--verify) or restores it into a folder (--data).\n\n"
        "Trying opens it in a temporary place, compares every byte, loads it into this version and changes nothing. A"
        " backup of PostgreSQL is restored into the empty database that GUATU_DATABASE names.",
    ),
    "restore.verify": ("只检验，不改动任何东西。", "Try it and change nothing."),
    "restore.data": ("恢复到这个文件夹，须是空的或还没有。", "Restore into this folder, which is empty or not there."),
    "restore.set-aside": (
        "先把文件夹里原有的数据改名移开（不删除）。",
        "First move what is in the folder aside, under another name; nothing is deleted.",
    ),
    "restore.one-of": (
        "请用 --verify 检验，或用 --data 指明恢复到哪个文件夹，二者取一。",
        "Say --verify to try the backup, or --data to name the folder to restore into: one of the two.",
    ),
    "restore.running": (
        "平台正在 {name} 上运行。请先停止它，再恢复。",
        "A server is running on {name}. Stop it before restoring.",
    ),
    "restore.no-folder": ("{name} 不是文件夹。", "{name} is no folder."),
    "restore.not-empty": (
        "{name} 里已有内容，不会覆盖。请换一个文件夹，或加 --set-aside 先把原有数据移开。",
        "{name} is not empty and will not be written over. Name another folder, or move what is there aside with"
        " --set-aside.",
    ),
    "restore.aside": ("原有的数据移到了 {name}。", "What was there is now in {name}."),
    "restore.done": ("已恢复到 {name}。", "Restored into {name}."),
    "web.missing": (
        "网站需要的组件没有安装：{names}。请运行 pip install 'guatu[web]'。",
        "The county server's libraries are not installed: {names}. Run pip install 'guatu[web]'.",
    ),
    "pack.short": ("业务包：新建、检查、测试、列出", "Packs: new, check, test, list"),
    "pack.help": (
        "业务包是一个文件夹，写明一个业务的类别、流程、时限、职责、参数和案例。",
        "A pack is a folder that declares the classes, flows, limits, duties, parameters and cases of one domain.",
    ),
    "pack new.short": ("新建业务包", "Make a new pack"),
    "pack new.help": (
        "新建业务包：写出一个可以直接检查和测试的文件夹，再照着改。",
        "Make a new pack: a folder that checks and tests as it stands, to be changed from there.",
    ),
    "pack check.short": ("检查业务包", "Check a pack"),
    "pack check.help": (
        "检查业务包：逐条打印 文件:行 代码 说明；有错误时返回码为 1，这样的业务包不会启用。",
        "Check a pack. Prints file:line code message; with an error the exit code is 1, and the pack is refused.",
    ),
    "pack test.short": ("运行业务包的案例", "Run the cases of a pack"),
    "pack test.help": (
        "运行业务包的正面和反面案例（cases/good、cases/bad）。",
        "Run the good and bad cases of a pack (cases/good, cases/bad).",
    ),
    "pack list.short": ("列出业务包", "List the packs"),
    "pack list.help": (
        "列出业务包：随程序提供的、已安装的软件包提供的，以及 --in 和环境变量 GUATU_PACKS 指明的文件夹里的。",
        "List the packs: those shipped, those of installed packages, and those in folders named by --in or "
        "GUATU_PACKS.",
    ),
    "pack.in": ("建在这个文件夹里，默认当前文件夹。", "Make it in this folder. Default: the current one."),
    "pack.folders": ("也在这个文件夹里找，可以重复。", "Look in this folder too; may be repeated."),
    "pack.bad-name": (
        "“{name}”不能作名称：用小写字母、数字和下划线，以字母开头。",
        "'{name}' is no name: use small letters, digits and underscores, and begin with a letter.",
    ),
    "pack.made": (
        "已新建 {folder}；请运行 guatu pack check {folder}",
        "made {folder}; now run guatu pack check {folder}",
    ),
    "pack.checked": (
        "问题 {findings}（错误 {errors}，提醒 {warnings}）",
        "{findings} findings ({errors} errors, {warnings} warnings)",
    ),
    "pack.tested": ("案例 {cases}，不符 {failed}", "{cases} cases, {failed} do not hold"),
    "pack.holds": ("符合", "holds"),
    "pack.fails": ("不符", "FAILS"),
    "pack.shipped": ("随程序", "shipped"),
    "pack.installed": ("已安装", "installed"),
    "pack.folder": ("文件夹", "folder"),
    # Calls that are wrong
    "usage.error": ("错误：{message}", "Error: {message}"),
    "usage.try": ("看帮助：{command} --help", "For help: {command} --help"),
    "usage.no-command": ("没有命令“{name}”。可用：{known}。", "There is no command '{name}'. There are: {known}."),
    "usage.no-option": ("没有选项 {name}。", "There is no option {name}."),
    "usage.no-option-like": ("没有选项 {name}，是不是 {like}？", "There is no option {name}. Did you mean {like}?"),
    "usage.missing": ("缺少 {name}。", "{name} is missing."),
    "usage.bad-value": ("{name} 的值不对：{reason}", "The value of {name} is wrong: {reason}"),
    "usage.choice": ("“{value}”不在其中：{choices}。", "'{value}' is none of: {choices}."),
    "usage.number": ("“{value}”不是不小于 0 的整数。", "'{value}' is not a whole number of 0 or more."),
    "usage.extra": ("多出了 {words}。", "There is more than the command takes: {words}."),
    "usage.needs-value": ("{name} 后面要有值。", "{name} needs a value."),
    "usage.other": ("命令写错了（{reason}）。", "The command was called wrongly ({reason})."),
    "usage.unknown-code": (
        "没有这样的检查代码：{names}。代码见 docs/reference/lint.md。",
        "No check has this code: {names}. The codes are in docs/reference/lint.md.",
    ),
    "usage.several-need-out": (
        "{n} 个文件的 {format} 不能都显示在屏幕上，请用 -o 指明文件夹。",
        "{n} files as {format} cannot go to the screen: name a folder with -o.",
    ),
    "usage.several-one-file": (
        "-o {out} 是一个文件，而要写 {n} 个台账，请指明文件夹。",
        "-o {out} is one file, and there are {n} ledgers: name a folder.",
    ),
    "usage.format-differs": (
        "-o {out} 的后缀与 --format {format} 不符，请改成 {suffix}。",
        "The suffix of -o {out} does not fit --format {format}: make it {suffix}.",
    ),
    # Files
    "files.none": (
        "{name}：文件夹里没有能读的文件（能读：{known}）。",
        "{name}: no file in this folder can be read (these can: {known}).",
    ),
    "files.folder": (
        "{name}：是文件夹，这里要一个文件。",
        "{name}: is a folder; a file is needed here.",
    ),
    "files.unlisted": (
        "{name}：文件夹打不开（{reason}）。请检查权限。",
        "{name}: the folder cannot be opened ({reason}). Check its permissions.",
    ),
    "files.no-names": (
        "{name}：读不出单位名录（{reason}）。应为 UTF-8 文本，每行一个单位。",
        "{name}: no list of units can be read from it ({reason}). It has to be UTF-8 text, one unit a line.",
    ),
    "files.more-room": (
        "如确需读取，可放宽上限：guatu compile --seconds N --memory MB，或环境变量 GUATU_READ_SECONDS、GUATU_READ_MEMORY（0 为不限）。",
        "To allow it more: guatu compile --seconds N --memory MB, or GUATU_READ_SECONDS and GUATU_READ_MEMORY (0 "
        "for no limit).",
    ),
    "files.remark": ("{name}：{text}", "{name}: {text}"),
    "files.not-written": (
        "{name}：写不出来（{reason}）。请检查磁盘空间和权限。",
        "{name}: cannot be written ({reason}). Check the space on the disk and the permissions.",
    ),
    "files.is-input": (
        "{name}：这是要读的方案文件，不会覆盖它，请换一个 -o。",
        "{name}: this is a plan to be read and will not be written over: choose another -o.",
    ),
    # Outcomes
    "done.one": (
        "{name}：编号条目 {items} = 任务 {tasks} + 其他 {others}，未读 {unread}；问题 {findings}（错误 {errors}，提醒 {warnings}）",
        "{name}: {items} numbered items = {tasks} tasks + {others} other, {unread} unread; {findings} findings"
        " ({errors} errors, {warnings} warnings)",
    ),
    "done.all": (
        "共 {files} 个文件，无法读取 {failed}；编号条目 {items} = 任务 {tasks} + 其他 {others}，未读 {unread}；"
        "问题 {findings}（错误 {errors}，提醒 {warnings}）",
        "{files} files, {failed} not compiled; {items} numbered items = {tasks} tasks + {others} other, {unread} "
        "unread;"
        " {findings} findings ({errors} errors, {warnings} warnings)",
    ),
    "done.written": ("已写出 {name}", "wrote {name}"),
    "done.progress": ("正在编译", "Compiling"),
    "done.checked": (
        "{files} 个文件，问题 {findings}（错误 {errors}，提醒 {warnings}）",
        "{files} files, {findings} findings ({errors} errors, {warnings} warnings)",
    ),
    "col.file": ("文件", "File"),
    "col.tasks": ("任务", "Tasks"),
    "col.others": ("其他", "Other"),
    "col.unread": ("未读", "Unread"),
    "col.targets": ("目标", "Targets"),
    "col.deadlines": ("时限", "Deadlines"),
    "col.errors": ("错误", "Errors"),
    "col.warnings": ("提醒", "Warnings"),
    # Explain
    "explain.task": ("任务", "task"),
    "explain.target": ("目标", "target"),
    "explain.deadline": ("时限", "deadline"),
    "explain.document": ("文件", "Document"),
    "explain.lead": ("牵头", "Lead"),
    "explain.responsible": ("责任", "Responsible"),
    "explain.support": ("配合", "Support"),
    "explain.of": ("任务", "Task"),
    "explain.place": ("位置", "Place"),
    "explain.finding": ("问题", "Finding"),
    "explain.more": ("……还有 {n} 行", "... {n} more lines"),
    "explain.not-found": (
        "{name}：没有标识或编号“{id}”。{has}",
        "{name}: no item has the id or number '{id}'. {has}",
    ),
    "explain.has": ("这份文件有{ranges}。", "This file has {ranges}."),
    "explain.has-none": ("这份文件里没有读出任务、目标或时限。", "No task, target or deadline was found in this file."),
    "explain.range": ("{kind} {first}–{last}", "{kind} {first} to {last}"),
    # Diff
    "diff.none": ("两个版本没有变化。", "The two versions say the same."),
    "diff.sum": (
        "任务：新增 {added}，删除 {removed}，有变化 {changed}；文件：新增 {documents_added}，删除 {documents_removed}，有变化 "
        "{documents_changed}",
        "tasks: {added} added, {removed} removed, {changed} changed; documents: {documents_added} added,"
        " {documents_removed} removed, {documents_changed} changed",
    ),
    "diff.document": ("文件", "document"),
    "diff.moved": ("移动", "moved"),
    "diff.renumbered": ("改号", "renumbered"),
    "diff.retitled": ("改名", "retitled"),
    "diff.reworded": ("文字有改动", "reworded"),
    "diff.duty": ("单位", "unit"),
    "diff.target": ("目标", "target"),
    "diff.deadline": ("时限", "deadline"),
    "diff.none-before": ("（无）", "(none)"),
    "above.held": ("守住", "held"),
    "above.weaker": ("变弱", "weaker"),
    "above.missing": ("缺失", "missing"),
    "above.unknown": ("不能判断", "not known"),
    "above.higher": ("上级", "above"),
    "above.lower": ("下级", "below"),
    "above.none": (
        "上级方案没有读出目标和时限，没有可对照的内容。",
        "No goal was read in the higher plan: nothing to compare.",
    ),
    "above.sum": (
        "守住 {held}，变弱 {weaker}，缺失 {missing}，不能判断 {unknown}",
        "held {held}, weaker {weaker}, missing {missing}, not known {unknown}",
    ),
    "above.others": (
        "另有 {count} 项是上级分给其他地方的，没有对照。",
        "{count} more are shares of other places and were not compared.",
    ),
    "above.line": ("第{line}行", "line {line}"),
    # Faults
    "fault.inside": (
        "程序出错（{reason}）。这是程序的缺陷，请把文件和这句话报给维护者；设 GUATU_DEBUG=1 可看到详情。",
        "The program failed ({reason}). This is a fault of the program: report it with the file and this line;"
        " GUATU_DEBUG=1 shows the details.",
    ),
    "fault.file": (
        "{name}：程序出错（{reason}）。这是程序的缺陷，请把文件和这句话报给维护者。",
        "{name}: the program failed ({reason}). This is a fault of the program: report it with the file and this line.",
    ),
    "fault.killed": (
        "{name}：编译进程被系统终止（多半是内存不足）。请减小 -j，或单独编译这个文件。",
        "{name}: the process was ended by the system (memory, most likely). Use a smaller -j or compile this file "
        "alone.",
    ),
    "fault.interrupted": ("已中断。", "Interrupted."),
}


Messages = Mapping[str, tuple[str, str]]


class Say:
    """Speaks one language: `say("files.none", name=...)`."""

    def __init__(self, language: Language, catalogue: Messages = _MESSAGES) -> None:
        self.language = language
        self._catalogue = catalogue

    def knowing(self, messages: Messages) -> "Say":
        """One that also knows the messages that a command keeps in its own file."""
        return Say(self.language, {**self._catalogue, **messages})

    def __call__(self, key: str, **params: object) -> str:
        """The message; KeyError where the catalogue has none."""
        chinese, english = self._catalogue[key]
        template = chinese if self.language == "zh" else english
        return template.format(**params) if params else template


def known() -> frozenset[str]:
    return frozenset(_MESSAGES)
