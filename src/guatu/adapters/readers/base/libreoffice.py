"""Running LibreOffice on a document that a stranger sent: without network, in a folder of its own, ended as a whole.

A document can name addresses (linked pictures, OLE links, templates, included texts, web services), and LibreOffice
fetches them. The process is therefore cut off from the network before it starts. Where that cannot be, nothing is
converted, unless the administrator says so by GUATU_CONVERT_WITHOUT_ISOLATION=1 (decision 0008). The profile forbids
the same things once more, and what no network keeps out: macros, and links to files of this machine.
"""

import contextlib
import os
import shutil
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from guatu.adapters.bounded.network import NetworkStays, can_leave_network, has_network, leave_network

CONVERSION_SECONDS = 80
"""Less than any work is given: the clerk is then told that LibreOffice hung."""
WITHOUT_ISOLATION = "GUATU_CONVERT_WITHOUT_ISOLATION"
_PROGRAMS = ("soffice", "libreoffice")
USUAL_PLACES = (
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)

Target = Literal["docx", "xlsx"]

_SETTINGS: tuple[tuple[str, str, object], ...] = (
    ("Common/Security/Scripting", "MacroSecurityLevel", 3),
    ("Common/Security/Scripting", "DisableMacrosExecution", True),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", True),
    ("Writer/Content/Update", "Link", 0),  # never
    ("Writer/Content/Update", "Field", False),
    ("Calc/Content/Update", "Link", 1),  # never
)
_PROXY = (("ooInetProxyType", 2), *((f"ooInet{kind}ProxyName", "127.0.0.1") for kind in ("HTTP", "HTTPS", "FTP")))
"""A proxy where nobody listens: port 9, discard."""
_PORTS = tuple((f"ooInet{kind}ProxyPort", 9) for kind in ("HTTP", "HTTPS", "FTP"))


class NotConverted(Exception):
    """LibreOffice made nothing of a document; says why in a word."""


def find_program() -> str | None:
    for name in _PROGRAMS:
        found = shutil.which(name)
        if found is not None:
            return found
    return next((place for place in USUAL_PLACES if os.access(place, os.X_OK)), None)


def convert(program: str, source: Path, target: Target, folder: Path) -> bytes:
    """The document at `source` as docx or xlsx; all that LibreOffice writes lies in `folder`.

    Raises:
        NetworkStays: it cannot be cut off, and nobody allowed that.
        NotConverted: it failed, hung or made nothing.
    """
    profile, out, home = folder / "profile", folder / "out", folder / "home"
    for made in (profile / "user", home):
        made.mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_registry(), encoding="utf-8")
    command = [
        program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck",
        "--convert-to", target, "--outdir", str(out), str(source),
    ]  # fmt: skip
    _run(command, {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(home), "TMPDIR": str(home)}, folder)
    result = out / f"{source.stem}.{target}"
    if not result.is_file():
        raise NotConverted("no output")
    return result.read_bytes()


def _run(command: list[str], environment: dict[str, str], folder: Path) -> None:
    # Windows finds its own libraries by its own variables.
    system = {name: os.environ[name] for name in ("SYSTEMROOT", "SystemDrive", "TZ") if name in os.environ}
    isolation = _isolation()
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=environment | system | {"LANG": "C.UTF-8"},
            start_new_session=True,
            preexec_fn=isolation,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise NotConverted(type(error).__name__) from error
    try:
        code = process.wait(CONVERSION_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise NotConverted(f"> {CONVERSION_SECONDS} s") from error
    finally:
        _end(process)
    if code != 0:
        raise NotConverted(f"exit {code}")


def _isolation() -> Callable[[], None] | None:
    """What the new process does before it becomes LibreOffice; None where it is cut off already, as in a bounded child.

    It is tried in a process of its own first: what fails between fork and exec cannot say why.
    """
    if os.environ.get(WITHOUT_ISOLATION) == "1" or not has_network():
        return None
    if not can_leave_network():
        raise NetworkStays("no isolation")
    return leave_network


def _end(process: "subprocess.Popen[bytes]") -> None:
    """LibreOffice is several processes: all of its session go with it."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()


def _registry() -> str:
    settings = [(f"org.openoffice.Office.{path}", name, value) for path, name, value in _SETTINGS]
    settings += [("org.openoffice.Inet/Settings", name, value) for name, value in (*_PROXY, *_PORTS)]
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{str(value).lower()}</value></prop></item>\n"
        for path, name, value in settings
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        f'xmlns:xs="http://www.w3.org/2001/XMLSchema">\n{items}</oor:items>\n'
    )
