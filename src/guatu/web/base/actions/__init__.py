"""Every write is an action: permission, change and audit line in one transaction.

An action is a frozen dataclass in a file of its own under an app's `actions/`; views and the API call `perform`.
"""

from guatu.web.base.actions.action import Action, Change, Context, RowAction, also, by_content, perform
from guatu.web.base.actions.versions import take_version

__all__ = ["Action", "Change", "Context", "RowAction", "also", "by_content", "perform", "take_version"]
