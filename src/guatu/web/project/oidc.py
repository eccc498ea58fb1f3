"""The county's own login service, where it has one: OpenID Connect, named by environment variables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

NEEDED = ("GUATU_OIDC_URL", "GUATU_OIDC_CLIENT", "GUATU_OIDC_SECRET")


def providers(environment: Mapping[str, str]) -> dict[str, Any]:
    """The providers of allauth; none where no variable is set.

    Raises:
        SystemExit: some of the variables are set and others are missing.
    """
    given = {name: environment.get(name, "") for name in NEEDED}
    if not any(given.values()):
        return {}
    missing = [name for name, value in given.items() if not value]
    if missing:
        raise SystemExit(f"单点登录缺少环境变量 / single sign-on lacks environment variables: {', '.join(missing)}")
    app = {
        "provider_id": "county",
        "name": environment.get("GUATU_OIDC_NAME", "统一身份认证"),
        "client_id": given["GUATU_OIDC_CLIENT"],
        "secret": given["GUATU_OIDC_SECRET"],
        "settings": {"server_url": given["GUATU_OIDC_URL"]},
    }
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}
