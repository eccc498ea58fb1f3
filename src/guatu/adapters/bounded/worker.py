"""The process that does one piece of work, within the limits that the kernel keeps."""

import contextlib
import errno
import os
import resource
import tempfile
import traceback
from collections.abc import Callable
from importlib import import_module
from typing import Any

import msgspec

from guatu.adapters.bounded.limits import MEGABYTE, Limits
from guatu.adapters.bounded.tree import address_space, die_with_parent
from guatu.adapters.bounded.wire import Request, types_of, unpacked

DONE, MEMORY, OUTPUT, FAULT = 0, 83, 84, 85
"""Exit codes. Those of a library that ends the process itself are 1 or 2, or a signal."""
_ROOM = 2
"""Addresses that may be taken, in multiples of the memory allowed: libraries reserve more than they use. Memory itself
is watched by the keeper; this stops a single huge demand before it is granted."""
_LAST_SECONDS = 5
_CHUNK = 1 << 20


def function_of(request: Request) -> Callable[[bytes, Any], Any]:
    found: Callable[[bytes, Any], Any] = getattr(import_module(request.module), request.function)
    return found


def work(request: Request, source: int, result: int) -> int:
    """Does what was asked for; the exit code. What comes of it, or the end of a traceback, is written to `result`."""
    _settle(request.limits)
    try:
        function = function_of(request)
        with os.fdopen(source, "rb", closefd=False) as file:
            file.seek(0)
            params, data = unpacked(file.read())
        given = msgspec.msgpack.decode(params, type=types_of(function)[0])
        _write(result, msgspec.msgpack.encode(function(data, given)))
    except MemoryError:
        return MEMORY
    except OSError as error:
        return OUTPUT if error.errno == errno.EFBIG else _fault(result)
    except BaseException:
        return _fault(result)
    return DONE


def _settle(limits: Limits) -> None:
    """A session of its own, nothing to read from, nothing to write to, and the limits."""
    die_with_parent()
    os.setsid()
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    with contextlib.suppress(OSError):
        os.nice(5)  # pages go before documents
    tempfile.tempdir = None  # it was looked up before TMPDIR became this work's own
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, limits.output)
    if limits.cpu is not None:
        _limit(resource.RLIMIT_CPU, int(limits.cpu) + _LAST_SECONDS)
    if limits.megabytes is not None:
        _limit(resource.RLIMIT_AS, address_space() + _ROOM * limits.megabytes * MEGABYTE)


def _limit(kind: int, value: int) -> None:
    """Sets a limit, never above what holds already."""
    _soft, hard = resource.getrlimit(kind)
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (value, value))


def _write(result: int, content: bytes) -> None:
    view = memoryview(content)
    while view:
        view = view[os.write(result, view[:_CHUNK]) :]


def _fault(result: int) -> int:
    with contextlib.suppress(OSError, MemoryError):
        os.ftruncate(result, 0)
        os.write(result, traceback.format_exc()[-2000:].encode("utf-8", "replace"))
    return FAULT
