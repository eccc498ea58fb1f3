"""What can be wrong with a file of records as a whole; what is wrong with single rows is a finding of the row."""

from guatu.core.kernel.finding import Kind, Language

NO_FILE = Kind(
    "table.no-file",
    "error",
    "{name}：没有这个文件。请检查路径。",
    "{name}: there is no such file. Check the path.",
)
SUFFIX = Kind(
    "table.suffix",
    "error",
    "{name}：后缀“{suffix}”不是表格。请用 .tsv、.csv 或 .parquet。",
    "{name}: the suffix '{suffix}' is none of a table. Use .tsv, .csv or .parquet.",
)
UNREADABLE = Kind(
    "table.unreadable",
    "error",
    "{name}：读不出来（{reason}）。请检查文件是否完整、权限是否足够。",
    "{name}: cannot be read ({reason}). Check that the file is whole and that you may read it.",
)
UNWRITABLE = Kind(
    "table.unwritable",
    "error",
    "{name}：写不出来（{reason}）。请检查文件夹、磁盘空间和权限。",
    "{name}: cannot be written ({reason}). Check the folder, the space on the disk and the permissions.",
)
ENCODING = Kind(
    "table.encoding",
    "error",
    "{name}:{line}：既不是 UTF-8 也不是 GB18030 文字。请另存为 UTF-8 后再试。",
    "{name}:{line}: the text is neither UTF-8 nor GB18030. Save it as UTF-8 and try again.",
)
EMPTY = Kind(
    "table.empty",
    "error",
    "{name}：文件是空的，第一行应是列名。",
    "{name}: the file is empty; its first line should name the columns.",
)
COLUMN_MISSING = Kind(
    "table.column-missing",
    "error",
    "{name}：缺少列 {missing}；现有列：{has}。请补上列名，分隔符须与后缀相符（.tsv 为制表符，.csv 为逗号）。",
    "{name}: columns missing: {missing}; there are: {has}. Add them; the separator must fit the suffix"
    " (.tsv tab, .csv comma).",
)
COLUMN_REPEATED = Kind(
    "table.column-repeated",
    "error",
    "{name}：列名 {columns} 出现不止一次。请改名或删去多余的列。",
    "{name}: columns named more than once: {columns}. Rename or remove them.",
)


class TableError(Exception):
    """A file of records that cannot be read or written; the message names the file and says what to do."""

    def __init__(self, kind: Kind, **params: object) -> None:
        self.code = kind.code
        self._kind = kind
        self._params = {key: str(value) for key, value in params.items()}
        super().__init__(self.message("en"))

    def message(self, language: Language = "zh") -> str:
        template = self._kind.zh if language == "zh" else self._kind.en
        return template.format(**self._params)

    def __reduce__(self) -> tuple[object, ...]:
        """So that it comes back whole from a worker process."""
        return _again, (self._kind, self._params)


def _again(kind: Kind, params: dict[str, str]) -> TableError:
    return TableError(kind, **params)
