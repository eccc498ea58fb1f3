"""Pseudonyms on import: who a stay belongs to is replaced by a keyed hash before anything else sees the row.

HMAC-SHA-256 with a key of the county: the same person has the same pseudonym in every file of the county, and nobody
without the key can try out identity numbers. Only columns that are asked for come through; names are never among them.
"""

import hashlib
import hmac
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from guatu.engines.drg.grouping.columns import texts
from guatu.engines.drg.table_writer import TableWriter
from guatu.engines.drg.tables import TableReader

IDENTITIES = frozenset(
    {
        "id_number", "identity", "patient_id", "person_id", "psn_no", "certno", "card_no", "insurance_no",
        "身份证号", "身份证号码", "证件号码", "医保编号", "人员编号", "医保卡号", "健康卡号",
    }
)  # fmt: skip
"""Columns that say who it is: they become pseudonyms."""
NAMES = frozenset(
    {
        "name", "patient_name", "psn_name", "contact", "contact_name", "phone", "tel", "mobile", "address", "addr",
        "姓名", "患者姓名", "联系人", "联系人姓名", "电话", "联系电话", "手机", "手机号", "住址", "地址", "现住址", "户口地址",
    }
)  # fmt: skip
"""Columns that are dropped, whatever is asked for."""
KEPT = (
    "id", "hospital", "sex", "age", "age_days", "weight_g", "dept", "los", "leave_type", "dx", "procs",
    "admitted", "discharged", "cost", "fund",
)  # fmt: skip
"""Columns that come through when nothing else is asked for."""
LEAST_KEY = 16
# GB 11643-1999: 18 characters; also the 15 digits of the cards before. Digits or letters beside them make it no number.
_CITIZEN = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{5}(?:(?:19|20)\d{9}[\dXx]|\d{9})(?![0-9A-Za-z])", re.ASCII)
_LONG_DIGITS = r"\d{14}"


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: rows, columns that became pseudonyms, columns that were left out."""

    rows: int
    replaced: tuple[str, ...]
    dropped: tuple[str, ...]
    bad_lines: tuple[int, ...] = ()
    """Lines with another number of cells than the head, which were not copied."""


def pseudonym(value: str, key: bytes) -> str:
    """24 hexadecimal digits behind a P; nothing for nothing. Blanks and the case of a final X make no difference.

    Raises:
        ValueError: the key is shorter than `LEAST_KEY` bytes.
    """
    if len(key) < LEAST_KEY:
        raise ValueError(f"a key has at least {LEAST_KEY} bytes")
    written = "".join(value.split()).upper()
    if not written:
        return ""
    return "P" + hmac.new(key, written.encode(), hashlib.sha256).hexdigest()[:24]


def import_file(
    source: Path, out: Path, key: bytes, keep: Sequence[str] = (), told: Callable[[float], None] = lambda _share: None
) -> Imported:
    """Copies `source` to `out` with pseudonyms: the columns of `KEPT`, those of `keep`, and identities.

    A cell of another column that holds an identity number has it replaced too.

    Raises:
        TableError: a file cannot be read or written.
    """
    names = TableReader(source).names
    identities = [name for name in names if name.strip().lower() in IDENTITIES]
    wanted = [name for name in names if name in (*KEPT, *keep) and name.strip().lower() not in NAMES]
    columns = [name for name in names if name in wanted or name in identities]
    reader = TableReader(source, columns)
    rows = 0
    with TableWriter(out, pa.schema([(name, pa.string()) for name in columns])) as writer:
        for batch in reader:
            made = [_replaced(batch[name], name in identities, key) for name in columns]
            writer.write(pa.RecordBatch.from_arrays(made, names=columns))
            rows += batch.num_rows
            told(reader.fraction)
    dropped = tuple(name for name in names if name not in columns)
    return Imported(rows, tuple(identities), dropped, tuple(bad.line for bad in reader.bad_lines))


def _replaced(column: pa.Array, identity: bool, key: bytes) -> pa.Array:
    values = texts(_joined(column))
    if not identity and not pc.any(pc.match_substring_regex(values, _LONG_DIGITS)).as_py():
        return values
    encoded = values.dictionary_encode()
    words = encoded.dictionary.to_pylist()
    made = [pseudonym(word, key) if identity else without_numbers(word, key) for word in words]
    return pa.array(made, pa.string()).take(encoded.indices)


def _joined(column: pa.Array) -> pa.Array:
    """Lists as text: identities hide in them as well."""
    return pc.binary_join(column, "|") if pa.types.is_list(column.type) else column


def without_numbers(text: str, key: bytes) -> str:
    """A text with a pseudonym in the place of each identity number."""
    return _CITIZEN.sub(lambda match: pseudonym(match[0], key), text)
