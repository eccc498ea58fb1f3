"""The administrator corrects the name and phone of an account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from django.utils.translation import gettext_lazy

from guatu.core.fields.normal import line
from guatu.web.base.actions import Change, Context, RowAction
from guatu.web.base.models import User
from guatu.web.directory.actions.common import row
from guatu.web.directory.actions.create_user import DISPLAY_NAME, PHONE, check_names


@dataclass(frozen=True)
class ChangeUser(RowAction[User]):
    user_id: int
    display_name: Annotated[str, DISPLAY_NAME]
    phone: Annotated[str, PHONE]
    name = "account.change"
    words = gettext_lazy("修改账号")
    permission = "accounts.edit"

    def change(self, context: Context) -> Change[User]:
        user = row(User, self.user_id)
        check_names(self.display_name, self.phone)
        before = {"display_name": user.display_name, "phone": user.phone}
        user.display_name, user.phone = line(self.display_name), line(self.phone)
        user.save(update_fields=["display_name", "phone"])
        change = Change(user)
        change.note(user, before, {"display_name": user.display_name, "phone": user.phone})
        return change
