"""The table of weights as a file: JSON that names its inputs, the same bytes for the same table."""

from typing import Literal

import msgspec

from guatu.core.kernel.finding import Kind
from guatu.core.kernel.row_finding import RowFinding, row_finding
from guatu.engines.drg.weights.model import Weights

NOT_WEIGHTS = Kind(
    "drg.weights-unreadable",
    "error",
    "{name} 不是权重文件（{reason}）；请用 guatu drg weigh 写出的 weights.json",
    "{name} is no table of weights ({reason}); give the weights.json that guatu drg weigh wrote",
)


class _File(msgspec.Struct, frozen=True):
    schema: Literal["guatu.drg.weights/1"]
    weights: Weights


def weights_to_bytes(weights: Weights) -> bytes:
    return (
        msgspec.json.format(msgspec.json.encode(_File("guatu.drg.weights/1", weights), order="deterministic"), indent=1)
        + b"\n"
    )


def weights_from_bytes(data: bytes, name: str) -> tuple[Weights | None, list[RowFinding]]:
    try:
        return msgspec.json.decode(data, type=_File).weights, []
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return None, [row_finding(NOT_WEIGHTS, name, "", name=name, reason=str(error))]
