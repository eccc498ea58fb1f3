"""What can be wrong with a file, in words for the person who handed it in."""

from typing import Literal

from guatu.adapters.bounded.problems import SAID
from guatu.adapters.content.endings import SENTENCES

Language = Literal["zh", "en"]

PROBLEMS: dict[str, tuple[str, str]] = {
    "read.missing": (
        "{name}：找不到这个文件。请检查路径和文件名。",
        "{name}: no such file. Check the path and the name.",
    ),
    "read.folder": (
        "{name}：这是文件夹，不是文件。请指定其中的文件。",
        "{name}: this is a folder, not a file. Name a file in it.",
    ),
    "read.not-permitted": (
        "{name}：没有读取权限（{reason}）。请检查文件权限，或关闭正在占用它的程序。",
        "{name}: cannot be opened ({reason}). Check its permissions, or close the program that holds it.",
    ),
    "read.unknown-format": (
        "{name}：不认识的文件格式“{suffix}”。可以读取：{known}。请另存为其中一种。",
        "{name}: unknown file format '{suffix}'. Readable: {known}. Save the document as one of these.",
    ),
    "read.empty": (
        "{name}：文件里没有文字。请检查是否选错了文件。",
        "{name}: there is no text in this file. Check that it is the right one.",
    ),
    "read.too-large": (
        "{name}：文件太大（{size}，上限 {limit}）。请拆分，或删去其中的图片后再试。",
        "{name}: too large ({size}, the limit is {limit}). Split it, or take its pictures out, and try again.",
    ),
    "read.expands": (
        "{name}：文件展开后是原来的 {size} 倍（上限 {limit} 倍），不像正常文件，没有读取。请用原来的程序打开并重新保存。",
        "{name}: it unpacks to {size} times its size (the limit is {limit}), as no honest file does, and was not read. "
        "Open it in its own program and save it again.",
    ),
    "read.too-many-parts": (
        "{name}：文件里有 {size} 个部分（上限 {limit}），没有读取。请拆分，或删去其中的图片后再试。",
        "{name}: it has {size} parts (the limit is {limit}) and was not read. "
        "Split it, or take its pictures out, and try again.",
    ),
    "read.entities": (
        "{name}：文件里声明了外部实体（{reason}），正常的办公文件没有这种内容，没有读取。请用原来的程序打开并重新保存。",
        "{name}: it declares entities ({reason}), as no office file does, and was not read. "
        "Open it in its own program and save it again.",
    ),
    "read.mismatch": SENTENCES,
    "read.not-isolated": (
        "{name}：旧格式“{suffix}”由 LibreOffice 转换，本机无法断开它的网络，所以没有转换。请用 WPS / Word 另存为 {target}，"
        "或由管理员设置 GUATU_CONVERT_WITHOUT_ISOLATION=1。",
        "{name}: the old format '{suffix}' is converted by LibreOffice, and this machine cannot cut it off from "
        "the network, "
        "so it was not converted. Save the file as {target} in WPS or Word, "
        "or have the administrator set GUATU_CONVERT_WITHOUT_ISOLATION=1.",
    ),
    "read.line-too-long": (
        "{name}：第 {line} 行有 {length} 个字符（上限 {limit}），不像公文。请检查文件是否损坏，或补上换行。",
        "{name}: line {line} has {length} characters (the limit is {limit}); this is no document. "
        "Check that the file is whole, or put line breaks in.",
    ),
    "read.binary": (
        "{name}：内容不是文字。请用原来的程序打开，另存为文本或 docx 后再试。",
        "{name}: the content is not text. Open it in the program it came from and save it as text or docx.",
    ),
    "read.encrypted": (
        "{name}：文件设有密码，无法读取。请去掉密码后另存。",
        "{name}: protected by a password. Remove the password, save it and try again.",
    ),
    "read.broken": (
        "{name}：文件已损坏，或内容与后缀不符（{reason}）。请用原来的程序打开并重新保存。",
        "{name}: damaged, or not what its name says ({reason}). Open it in its own program and save it again.",
    ),
    "read.scanned-pdf": (
        "{name}：这个 PDF 是扫描件，{pages} 页里没有可读取的文字。请先做文字识别（OCR），或使用原始的 Word 文件。",
        "{name}: this PDF is a scan; its {pages} pages hold no text. Run text recognition (OCR) first, "
        "or use the Word file it was made from.",
    ),
    "read.garbled-pdf": (
        "{name}：这个 PDF 的字体没有文字对照表，取出的是乱码。请使用原始的 Word 文件，或做文字识别（OCR）。",
        "{name}: the fonts of this PDF do not say which characters they draw, so its text comes out garbled. "
        "Use the Word file it was made from, or run text recognition (OCR).",
    ),
    "read.no-libreoffice": (
        "{name}：读取旧格式“{suffix}”需要 LibreOffice，本机没有找到 soffice。请安装 LibreOffice，"
        "或用 WPS / Word 另存为 {target}。",
        "{name}: the old format '{suffix}' is read through LibreOffice, and no soffice was found here. "
        "Install LibreOffice, or save the file as {target} in WPS or Word.",
    ),
    "read.not-converted": (
        "{name}：LibreOffice 没能转换这个文件（{reason}）。它可能有密码或已损坏，请用 WPS / Word 另存为 {target}。",
        "{name}: LibreOffice could not convert this file ({reason}). It may be damaged or have a password; "
        "save it as {target} in WPS or Word.",
    ),
    **{f"read.{end}": (f"{{name}}：{zh}", f"{{name}}: {en}") for end, (zh, en) in SAID.items()},
}


class ReadError(Exception):
    """A file that cannot be read: `code` is a key of `PROBLEMS`, `zh` and `en` say where, what and what to do."""

    def __init__(self, code: str, **params: object) -> None:
        templates = PROBLEMS[code]
        self.code = code
        self.params = {key: str(value) for key, value in params.items()}
        self.zh, self.en = (template.format(**self.params) for template in templates)
        super().__init__(self.en)

    def message(self, language: Language = "zh") -> str:
        return self.zh if language == "zh" else self.en
