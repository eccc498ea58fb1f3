"""TOML with the lines of its keys: a message about a table must name the line that a person has to change."""

import re
import tomllib
from typing import Any, TypeVar

import msgspec

from guatu.core.kernel.file_finding import FileFinding, file_finding
from guatu.core.kernel.finding import Kind

T = TypeVar("T")

UNREADABLE = Kind("pack.toml-unreadable", "error", "TOML 写法有误:{reason}", "the TOML cannot be read: {reason}")
WRONG = Kind(
    "pack.wrong-value",
    "error",
    "{path} 的值不对:{reason}",
    "the value at {path} is wrong: {reason}",
)

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]\s]+)\s*\]\]?")
_KEY = re.compile(r"^\s*([A-Za-z0-9_-]+)(?:\.[A-Za-z0-9_.-]+)?\s*=")
_AT_LINE = re.compile(r"\s*\(at line (\d+), column \d+\)|\s*\(at end of document\)")
# msgspec ends its messages with the path: "Expected `int`, got `str` - at `$.limit[3].amount`".
_AT_PATH = re.compile(r"^(?P<reason>.*?)(?: - at `(?P<path>\$[^`]*)`)?$", re.DOTALL)
_FENCE = re.compile(r"'''|\"\"\"")


def allowed(type_: type, path: str) -> list[str]:
    """The keys that a table may have at a path, or the words that a value may be; none where anything may stand."""
    here: Any = msgspec.inspect.type_info(type_)
    for name in re.findall(r"[^.\[\]]+", path):
        here = _inside(here)
        if name.isdecimal():
            continue
        if isinstance(here, msgspec.inspect.StructType):
            here = next((one.type for one in here.fields if one.encode_name == name), None)
        elif isinstance(here, msgspec.inspect.DictType):
            here = here.value_type
    here = _inside(here)
    if isinstance(here, msgspec.inspect.StructType):
        return [one.encode_name for one in here.fields]
    return [str(value) for value in here.values] if isinstance(here, msgspec.inspect.LiteralType) else []


def _inside(of: Any) -> Any:
    """What a list holds, and what stands beside None."""
    while True:
        if isinstance(of, msgspec.inspect.VarTupleType):
            of = of.item_type
        elif isinstance(of, msgspec.inspect.UnionType):
            of = next((one for one in of.types if not isinstance(one, msgspec.inspect.NoneType)), None)
        else:
            return of


class TomlText:
    """A TOML file and where its keys stand."""

    def __init__(self, file: str, text: str) -> None:
        self.file, self.text = file, text
        self._lines: dict[str, int] = {}
        self._find_keys()

    def line(self, path: str) -> int:
        """The line of a path like `limit[3].amount`, or of the nearest part above it; 0 for the whole file."""
        while path:
            if path in self._lines:
                return self._lines[path]
            path = re.sub(r"(?:^|\.)[^.\[]*$|\[\d+\]$", "", path)
        return 0

    def read(self, type_: type[T]) -> tuple[T | None, list[FileFinding]]:
        """The file as a value of a type, or what is wrong with it."""
        try:
            raw: dict[str, Any] = tomllib.loads(self.text)
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            at = _AT_LINE.search(str(error))
            line = int(at[1]) if at and at[1] else self.text.count("\n") + 1
            reason = _AT_LINE.sub("", str(error))
            return None, [file_finding(UNREADABLE, self.file, line, "", reason=reason)]
        try:
            return msgspec.convert(raw, type_), []
        except (msgspec.ValidationError, ValueError) as error:
            return None, [self._wrong(str(error), type_)]

    def _wrong(self, message: str, type_: type) -> FileFinding:
        parts = _AT_PATH.match(message)
        reason, path = (parts["reason"], parts["path"] or "") if parts else (message, "")
        path = path.removeprefix("$").lstrip(".")
        known = allowed(type_, path)
        unknown = re.search(r"unknown field `([^`]+)`", reason)
        if unknown:
            path = f"{path}.{unknown[1]}".lstrip(".")
        if known and (unknown or "Invalid enum value" in reason):
            reason = f"{reason}; there are: {', '.join(known)}"
        return file_finding(WRONG, self.file, self.line(path), path, path=path or "-", reason=reason)

    def _find_keys(self) -> None:
        """Headers and keys line by line; strings over several lines hold none."""
        prefix, counts, fenced = "", dict[str, int](), False
        for number, line in enumerate(self.text.splitlines(), 1):
            if not fenced:
                header, key = _HEADER.match(line), _KEY.match(line)
                if header:
                    prefix = self._path(header[2], header[1] == "[[", counts)
                    self._lines[prefix] = number
                elif key:
                    self._lines.setdefault(f"{prefix}.{key[1]}".lstrip("."), number)
            fenced ^= len(_FENCE.findall(line)) % 2 == 1

    def _path(self, name: str, many: bool, counts: dict[str, int]) -> str:
        """The path of a table header: `[[limit]]` is `limit[0]`, then `limit[1]`; `[limit.x]` belongs to the last."""
        if many:
            counts[name] = counts.get(name, -1) + 1
            return f"{name}[{counts[name]}]"
        head, _, rest = name.partition(".")
        return f"{head}[{counts[head]}].{rest}" if rest and head in counts else name
