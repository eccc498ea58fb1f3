"""A process leaves the network, for itself and all that it starts.

First by a filter of system calls (seccomp): no socket but those of the Unix domain can be made. It needs no right,
works inside containers and changes nothing else. Where there is no filter (a machine whose numbers are not known here),
by a network namespace of its own, which holds no interface, but which hardened distributions forbid. Linux only;
elsewhere, and where both fail, `leave_network` says so.
"""

import ctypes
import os
import platform
import socket
import struct
import sys
from pathlib import Path

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 38, 22, 2
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
"""Instructions of the Berkeley Packet Filter: BPF_LD|W|ABS, BPF_JMP|JEQ|K, BPF_JMP|JGE|K, BPF_RET|K."""
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 13
"""SECCOMP_RET_ALLOW; SECCOMP_RET_ERRNO with EACCES."""
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16
"""Where they stand in `struct seccomp_data`."""
_OTHER_ABI = 0x40000000
"""On x86-64 the numbers of the x32 interface begin here."""
_SYSTEMS = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198), "loongarch64": (0xC0000102, 198)}
"""By machine: AUDIT_ARCH_*, and the number of socket(2). io_uring_setup(2) has the same number on all of them."""
_IO_URING_SETUP = 425


class NetworkStays(Exception):
    """This system offers no way to leave the network."""


def has_network() -> bool:
    """Whether this process can make a socket that reaches this machine's own addresses or others."""
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect(("127.0.0.1", 9))
    except OSError:
        return False
    return True


def leave_network() -> None:
    """Leaves the network; nothing happens where this process has left it already.

    Raises:
        NetworkStays: neither way is open.
    """
    if not has_network():
        return
    if not sys.platform.startswith("linux"):
        raise NetworkStays(f"no isolation on {sys.platform}")
    if not by_filter():
        by_namespace()
    if has_network():
        raise NetworkStays("the network is still there")


def can_leave_network() -> bool:
    """Whether `leave_network` would succeed, tried in a process that ends at once."""
    if not hasattr(os, "fork"):
        return False
    pid = os.fork()
    if pid == 0:
        try:
            leave_network()
            os._exit(0)
        finally:
            os._exit(1)
    return os.waitpid(pid, 0)[1] == 0


def by_namespace() -> None:
    user, group = os.getuid(), os.getgid()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) != 0:
        raise NetworkStays(os.strerror(ctypes.get_errno()))
    try:  # the same user inside: files belong to whom they belonged
        Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1", encoding="ascii")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1", encoding="ascii")
    except OSError as error:
        raise NetworkStays(f"user namespace: {error.strerror}") from error


def by_filter() -> bool:
    system = _SYSTEMS.get(platform.machine())
    if system is None:
        return False
    program = _filter(*system)
    buffer = ctypes.create_string_buffer(program)
    # struct sock_fprog: the number of instructions, and where they stand.
    header = ctypes.create_string_buffer(struct.pack("@HP", len(program) // 8, ctypes.addressof(buffer)))
    libc = ctypes.CDLL(None, use_errno=True)
    refused = libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    return not (refused or libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, header, 0, 0))


def _filter(architecture: int, socket_number: int) -> bytes:
    """Any call is allowed but: one of another architecture or interface, io_uring, a socket of no Unix domain."""
    lines = (
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 0, 7, architecture),
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, 5, 0, _OTHER_ABI),
        (_EQUAL, 4, 0, _IO_URING_SETUP),
        (_EQUAL, 0, 2, socket_number),
        (_LOAD, 0, 0, _FIRST_ARGUMENT),
        (_EQUAL, 0, 1, socket.AF_UNIX),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    )
    return b"".join(struct.pack("=HBBI", *line) for line in lines)
