"""The exit codes: one for each class of outcome."""

from enum import IntEnum


class Exit(IntEnum):
    OK = 0
    FINDINGS = 1
    INPUT = 2
    OUTPUT = 3
    NOT_FOUND = 4
    FAULT = 70
    INTERRUPTED = 130


class Stop(Exception):
    """Ends a command: the message goes to standard error, the code to the shell."""

    def __init__(self, code: Exit, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message
