"""LibreOffice fetches nothing that a document names, reads no file of this machine, and leaves nothing behind."""

import contextlib
import http.server
import io
import shutil
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from guatu.adapters.bounded import Limits, client, network
from guatu.adapters.documents import Asked, compile_document
from guatu.adapters.readers import ReadError, read_bytes
from guatu.adapters.readers.base import libreoffice

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed · 未安装 LibreOffice"),
]
LIMITS = Limits(cpu=60, wall=240, megabytes=1500)
_SPACES = (
    " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{path}:1.0"'
        for name, path in (
            ("office", "office"),
            ("text", "text"),
            ("draw", "drawing"),
            ("table", "table"),
            ("svg", "svg-compatible"),
        )
    )
    + ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2"'
)


class Listener(http.server.ThreadingHTTPServer):
    """A server of the local machine that notes what it is asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(http.server.BaseHTTPRequestHandler):
    def handle(self) -> None:
        with contextlib.suppress(OSError):
            super().handle()

    def parse_request(self) -> bool:
        assert isinstance(self.server, Listener)
        self.server.asked.append(str(self.raw_requestline))
        return super().parse_request()

    def _answer(self) -> None:
        self.send_error(404)

    do_GET = do_HEAD = do_OPTIONS = do_PROPFIND = _answer

    def log_message(self, *_: object) -> None:
        """Nothing is printed."""


@pytest.fixture
def listener() -> Iterator[Listener]:
    with Listener() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def opened(kind: str, body: str) -> bytes:
    """An OpenDocument file of a kind (text, spreadsheet)."""
    buffer = io.BytesIO()
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", mimetype)
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{mimetype}"/>'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>',
        )
        archive.writestr(
            "content.xml",
            f'<office:document-content {_SPACES} office:version="1.3"><office:body><office:{kind}>{body}'
            f"</office:{kind}></office:body></office:document-content>",
        )
    return buffer.getvalue()


def linked(address: str) -> dict[str, bytes]:
    """Documents that name an address, each in the ways of its format."""
    text = (
        "<text:p>一、总体要求</text:p>"
        f'<text:p><draw:frame svg:width="5cm" svg:height="5cm"><draw:image xlink:href="{address}/picture.png" xlink:type="simple" '
        'xlink:show="embed" xlink:actuate="onLoad"/></draw:frame></text:p>'
        f'<text:p><draw:frame svg:width="5cm" svg:height="5cm"><draw:object xlink:href="{address}/object.odt" xlink:type="simple"/>'
        "</draw:frame></text:p>"
        f'<text:section text:name="s"><text:section-source xlink:href="{address}/section.odt" xlink:type="simple"/>'
        "<text:p>二</text:p></text:section>"
    )
    table = (
        '<table:table table:name="表"><table:table-row>'
        "<table:table-cell><text:p>任务</text:p></table:table-cell><table:table-cell><text:p>数</text:p></table:table-cell>"
        "</table:table-row><table:table-row>"
        f'<table:table-cell table:formula="of:=COM.MICROSOFT.WEBSERVICE(&quot;{address}/service&quot;)"/>'
        f"<table:table-cell table:formula=\"of:='{address}/other.ods'#$Sheet1.A1\"/>"
        "</table:table-row></table:table>"
    )
    rtf = (
        r"{\rtf1\ansi{\*\template " + address + r"/template.dot}"
        r'{\field{\*\fldinst INCLUDEPICTURE "' + address + r'/picture.png" \\d}{\fldrslt x}}'
        r'{\field{\*\fldinst INCLUDETEXT "' + address + r'/text.doc"}{\fldrslt x}}\par Plan\par}'
    )
    return {"a.odt": opened("text", text), "a.ods": opened("spreadsheet", table), "a.rtf": rtf.encode()}


def trusting(monkeypatch: pytest.MonkeyPatch) -> None:
    """The profile forbids nothing."""
    for settings in ("_SETTINGS", "_PROXY", "_PORTS"):
        monkeypatch.setattr(libreoffice, settings, ())


def read_all(listener: Listener) -> None:
    for name, data in linked(listener.address).items():
        with contextlib.suppress(ReadError):
            read_bytes(data, name)


@pytest.mark.parametrize("name", ["a.odt", "a.ods", "a.rtf"])
def test_no_address_in_a_document_is_fetched(name: str, listener: Listener) -> None:
    with contextlib.suppress(ReadError):
        compile_document(linked(listener.address)[name], Asked(name, name), LIMITS)
    assert listener.asked == []


def test_the_same_documents_are_fetched_from_where_nothing_protects(
    listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that the test above is known to see what it looks for."""
    monkeypatch.setenv(libreoffice.WITHOUT_ISOLATION, "1")
    trusting(monkeypatch)
    read_all(listener)
    assert listener.asked


def test_the_isolation_alone_keeps_all_addresses_from_being_fetched(
    listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    trusting(monkeypatch)
    read_all(listener)
    assert listener.asked == []


def test_the_profile_alone_keeps_the_links_of_texts_from_being_fetched(
    listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(libreoffice.WITHOUT_ISOLATION, "1")
    read_all(listener)
    assert listener.asked == []


def test_a_file_of_this_machine_that_a_document_names_is_not_in_its_text(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("机密内容四个字", encoding="utf-8")
    section = f'<text:section-source xlink:href="{secret.as_uri()}" xlink:type="simple"/>'
    body = f'<text:p>一、总体要求</text:p><text:section text:name="s">{section}<text:p>二</text:p></text:section>'
    found = compile_document(opened("text", body), Asked("a.odt", "a.odt"), LIMITS)
    assert "总体要求" in found.source.text and "机密" not in found.source.text


def test_without_isolation_nothing_is_converted_unless_the_administrator_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(libreoffice, "can_leave_network", lambda: False)
    data = opened("text", "<text:p>一、总体要求</text:p>")
    with pytest.raises(ReadError) as caught:
        read_bytes(data, "a.odt")
    assert caught.value.code == "read.not-isolated"
    assert "GUATU_CONVERT_WITHOUT_ISOLATION=1" in caught.value.zh
    monkeypatch.setenv(libreoffice.WITHOUT_ISOLATION, "1")
    assert read_bytes(data, "a.odt").text == "一、总体要求\n"


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder below which this test's conversions work, and those of no other worker of the suite."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    zygote = client.Zygote()
    monkeypatch.setattr(client, "_zygote", zygote)
    yield tmp_path
    zygote.close()


def test_a_conversion_at_its_limit_ends_with_all_its_processes_and_files(own_folder: Path) -> None:
    data = opened("text", "<text:p>一、总体要求</text:p>" * 200_000)
    seen: set[str] = set()
    with pytest.raises(ReadError) as caught, watched(own_folder, seen):
        compile_document(data, Asked("a.odt", "a.odt"), Limits(cpu=1, wall=60, megabytes=1500))
    assert caught.value.code == "read.time"
    assert seen, "no process of LibreOffice was seen below the folder: the test looks at the wrong place"
    assert _offices(own_folder) == set()
    assert list(own_folder.iterdir()) == []


@contextlib.contextmanager
def watched(folder: Path, seen: set[str]) -> Iterator[None]:
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(0.02):
            seen.update(_offices(folder))

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _offices(folder: Path) -> set[str]:
    """Processes of LibreOffice that work below a folder."""
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            command = (process / "cmdline").read_bytes()
            if b"soffice" in command and str(folder).encode() in command:
                found.add(process.name)
    return found


def test_this_machine_can_isolate() -> None:
    assert network.can_leave_network()
