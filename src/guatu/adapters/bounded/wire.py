"""What goes between the caller, the zygote and the keeper."""

import struct
from collections.abc import Callable
from functools import cache
from typing import Any, Literal, get_type_hints

import msgspec

from guatu.adapters.bounded.limits import Limits

_LENGTH = struct.Struct("<Q")


class Request(msgspec.Struct, frozen=True):
    """A function by its module and name. Socket, input and output come with it as file descriptors, in this order."""

    module: str
    function: str
    limits: Limits


class Ended(msgspec.Struct, frozen=True):
    """How a piece of work ended; `detail` is the signal or the last lines of a traceback, for the log."""

    end: Literal["done", "time", "memory", "output", "crash"]
    detail: str = ""


def packed(params: bytes, data: bytes) -> tuple[bytes, bytes, bytes]:
    """The input of a worker as it is written: the length of the parameters, they, the data."""
    return _LENGTH.pack(len(params)), params, data


def unpacked(written: bytes) -> tuple[bytes, bytes]:
    """Parameters and data."""
    end = _LENGTH.size + _LENGTH.unpack_from(written)[0]
    return written[_LENGTH.size : end], written[end:]


@cache
def types_of(work: Callable[..., Any]) -> tuple[Any, Any]:
    """The types of the parameters and of the result of a piece of work, as it declares them."""
    hints = get_type_hints(work)
    return hints[work.__code__.co_varnames[1]], hints["return"]
