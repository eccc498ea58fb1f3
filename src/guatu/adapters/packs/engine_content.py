"""What a pack holds for an engine, read by the engine itself: a fault in a table of a scheme or in a set of parameters
is one of the pack."""

from collections.abc import Iterator
from pathlib import Path

from guatu.core.kernel.file_finding import FileFinding, file_finding
from guatu.core.kernel.finding import Kind
from guatu.core.kernel.row_finding import RowFinding
from guatu.core.pack import Pack
from guatu.core.pack.sections import parameter_sets, schemes

ABSENT = Kind(
    "pack.engine-absent",
    "warning",
    "没有安装计算引擎({reason}),这个文件没有检查;请安装 guatu[drg]",
    "the engine is not installed ({reason}) and this file was not checked; install guatu[drg]",
)
SCHEME = "scheme.toml"


def engine_faults(folder: Path, pack: Pack) -> list[FileFinding]:
    """Everything that the engine says against the schemes and sets of parameters of a pack's folder."""
    return [*_sets(pack), *_schemes(folder, pack)]


def _sets(pack: Pack) -> Iterator[FileFinding]:
    texts = pack[parameter_sets.SECTION]
    if not texts:
        return
    from guatu.engines.drg.parameters import load_set

    for name, text in texts.items():
        for one in load_set(text, name)[1]:
            yield _found(one, name, Path())


def _schemes(folder: Path, pack: Pack) -> Iterator[FileFinding]:
    texts = pack[schemes.SECTION]
    for name in sorted(texts):
        if not name.endswith(f"/{SCHEME}"):
            continue
        try:
            from guatu.engines.drg.scheme.loader import load
        except ImportError as error:
            yield file_finding(ABSENT, name, reason=str(error))
            return
        root = Path(name).parent
        for one in load(folder / root).findings:
            yield _found(one, one.row, root)


def _found(one: RowFinding, whole: str, root: Path) -> FileFinding:
    """The engine names the place of a finding as file:line; `whole` is the file where it names none."""
    at, _colon, line = one.row.rpartition(":")
    file = (root / (at or whole)).as_posix()
    words = {key: str(value) for key, value in one.params.items()}
    return FileFinding(
        one.code,
        one.severity,
        file,
        int(line) if line.isdecimal() else 0,
        one.field,
        one.zh,
        one.en,
        {"element": one.field, **words},
    )
