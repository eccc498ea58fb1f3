"""The library's forms, with each wrong password and code counted."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm as LibraryChangePasswordForm
from allauth.account.internal.stagekit import clear_login
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm as LibraryAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as LibraryReauthenticateForm
from django.forms import ValidationError
from django.utils.translation import gettext as _

from guatu.web.base.accounts import charge, in_session, of_code
from guatu.web.base.second_factor import Unreadable

MOST_CODES = 5
_WRONG = "guatu-wrong-codes"


class ChangePasswordForm(LibraryChangePasswordForm):
    def clean_oldpassword(self) -> str:
        attempt = charge((in_session(),))
        password: str = super().clean_oldpassword()
        attempt.succeeded()
        return password


class _Counted:
    user: Any

    def clean_code(self) -> str:
        attempt = charge(of_code(context.request, self.user))
        try:
            code: str = super().clean_code()  # type: ignore[misc]  # of the form that it stands before
        except Unreadable as problem:
            attempt.succeeded()
            raise ValidationError(str(problem.message)) from problem
        attempt.succeeded()
        return code


class AuthenticateForm(_Counted, LibraryAuthenticateForm):
    """After the password: five wrong codes, and the login begins anew with the password."""

    def clean_code(self) -> str:
        session = context.request.session
        session[_WRONG] = session.get(_WRONG, 0) + 1
        if session[_WRONG] > MOST_CODES:
            del session[_WRONG]
            clear_login(context.request)
            raise ValidationError(_("验证码输错多次,请回到登录页重新登录。"))
        code = super().clean_code()
        del session[_WRONG]
        return code


class ReauthenticateForm(_Counted, LibraryReauthenticateForm):
    """In an open session."""
