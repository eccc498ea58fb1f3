"""What ended a piece of work, in words for the person who handed the file in."""

from typing import Literal

End = Literal["time", "memory", "output", "crash", "busy"]
Language = Literal["zh", "en"]

SAID: dict[End, tuple[str, str]] = {
    "time": (
        "读取这个文件所需的时间超过上限（{limit} 秒），已停止。请拆分文件，或另存为较简单的格式后再试。",
        "reading this file takes more time than is allowed ({limit} s), so it was stopped. "
        "Split it, or save it in a simpler form, and try again.",
    ),
    "memory": (
        "读取这个文件所需的内存超过上限（{limit} MB），已停止。请拆分文件，或另存为较简单的格式后再试。",
        "reading this file takes more memory than is allowed ({limit} MB), so it was stopped. "
        "Split it, or save it in a simpler form, and try again.",
    ),
    "output": (
        "这个文件展开后的内容超过上限（{limit} MB），已停止。请拆分后再试。",
        "what this file holds is more than is allowed ({limit} MB), so reading it was stopped. Split it and try again.",
    ),
    "crash": (
        "读取这个文件时读取程序异常中止（{limit}），文件可能已损坏。请用原来的程序打开并重新保存。",
        "the program that reads this file broke down over it ({limit}); the file may be damaged. "
        "Open it in its own program and save it again.",
    ),
    "busy": (
        "服务器正在读取其他文件，{limit} 秒内没有轮到这个文件。请稍后再试。",
        "the server is reading other files; this one did not get its turn within {limit} s. Try again later.",
    ),
}


class OutOfBounds(Exception):
    """A piece of work that was ended: `end` says by what, `limit` by how much (for `crash`, by which signal or error),
    and `detail` what only the log of the program is told."""

    def __init__(self, end: End, limit: float | str | None = None, detail: str = "") -> None:
        self.detail = detail
        self.end, self.limit = end, f"{limit:g}" if isinstance(limit, int | float) else str(limit)
        super().__init__(self.message("en"))

    @property
    def code(self) -> str:
        return f"bounds.{self.end}"

    def message(self, language: Language = "zh") -> str:
        said = SAID[self.end][0 if language == "zh" else 1].format(limit=self.limit)
        return said[0].upper() + said[1:]
