"""Settings, declared by the apps that read them: what each holds, what holds without it, who may change it.

    REPLY_DAYS = Declared("supervision.reply-days", One(Number(places=0, ...)), 5, label=..., help=..., group=PAPERS,
                          permission="settings.supervision")

stands in the module `settings` of an app and is found by being there (`registry`). The program asks for it by
`settings_table.setting("supervision.reply-days")`; the page, the command and the API come from the declaration.
"""

from guatu.web.base.declarations.declared import Declared, Tried, TriedLine
from guatu.web.base.declarations.one import One
from guatu.web.base.declarations.registry import declaration, declarations
from guatu.web.base.declarations.rows import Cell, Rows
from guatu.web.base.declarations.several import Several

__all__ = ["Cell", "Declared", "One", "Rows", "Several", "Tried", "TriedLine", "declaration", "declarations"]
