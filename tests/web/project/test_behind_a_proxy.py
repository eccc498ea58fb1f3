"""The page about nginx holds a configuration that nginx takes; headers of a proxy are believed only where one was named."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.web.live import ROOT

PAGES = [ROOT / "docs" / "how-to" / f"serve-behind-nginx{language}.md" for language in ("", ".zh-CN")]


def blocks(page: Path) -> dict[str, str]:
    return dict(re.findall(r"```(nginx|ini|sh)\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL))


def test_both_languages_show_the_same_files() -> None:
    assert blocks(PAGES[0]) == blocks(PAGES[1]) and set(blocks(PAGES[0])) == {"nginx", "ini", "sh"}


@pytest.mark.skipif(
    shutil.which("nginx") is None or shutil.which("openssl") is None, reason="no nginx here · 没有安装 nginx"
)
def test_nginx_takes_the_configuration(tmp_path: Path) -> None:
    key, certificate = tmp_path / "guatu.key", tmp_path / "guatu.crt"
    files = ["-keyout", str(key), "-out", str(certificate)]
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=guatu.qinghe.example", *files]
    subprocess.run(made, check=True, capture_output=True)
    site = blocks(PAGES[0])["nginx"].replace("/etc/nginx", str(tmp_path))
    paths = " ".join(f"{name}_temp_path {tmp_path};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    whole = f"pid {tmp_path}/pid; error_log stderr; events {{}} http {{ access_log off; {paths} {site} }}"
    (tmp_path / "nginx.conf").write_text(whole, encoding="utf-8")
    done = subprocess.run(
        ["nginx", "-t", "-c", str(tmp_path / "nginx.conf")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


ASK = """
import django; django.setup()
from django.conf import settings
from django.test import RequestFactory
ask = RequestFactory().get("/", headers={"X-Forwarded-Proto": "https"})
print(ask.is_secure(), settings.SECURE_HSTS_SECONDS > 0, settings.SESSION_COOKIE_SECURE)
"""


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "False False False"),
        ({"GUATU_PROXIES": "1"}, "True False False"),
        ({"GUATU_HTTPS": "1"}, "False True True"),
    ],
)
def test_a_header_that_says_https_is_believed_of_a_named_proxy_only(
    given: dict[str, str], said: str, tmp_path: Path
) -> None:
    own = {"GUATU_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "guatu.web.project.settings"}
    done = subprocess.run(
        [sys.executable, "-c", ASK], env={**os.environ, **own, **given}, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == said, done.stderr
