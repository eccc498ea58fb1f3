"""All that the program can say to be wrong, from where it is declared: findings, messages of commands, answers of the
server.

Nothing is kept here but where each arises: codes and sentences are read in the source, so that the page also names what
nobody has met yet.
"""

import ast
import gettext
import io
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from guatu.adapters.bounded.problems import SAID
from guatu.adapters.readers.base.errors import PROBLEMS
from guatu.adapters.readers.base.remarks import REMARKS
from guatu.cli.exits import Exit

SOURCE = Path(__file__).resolve().parent.parent / "src" / "guatu"
CODE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)+")
SPOKEN = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}
# What is no subclass of Problem and is answered all the same, by the status that it is answered with.
ANSWERED = {"Outage": 503, "Duty": 403}
# Messages of the command line in families of their own; the others are found where they end a command.
FAMILIES = {"usage": Exit.INPUT, "files": Exit.INPUT, "fault": Exit.FAULT}
FRAMES = {"usage.error", "usage.try", "files.remark", "files.more-room"}
OF_CODE = {"fault.interrupted": Exit.INTERRUPTED}


class Sentence(NamedTuple):
    zh: str
    en: str


class Entry(NamedTuple):
    """A code, the module that declares it, how heavy it is (severity, exit code or status), and one of its sentences."""

    code: str
    module: str
    weight: str
    sentence: Sentence | None


class Module(NamedTuple):
    name: str
    text: str

    @property
    def tree(self) -> ast.Module:
        return _parsed(self.name)


@cache
def modules() -> dict[str, Module]:
    """The modules of the program by name; they are parsed only where their text has what is looked for."""
    paths = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
    named = {path.relative_to(SOURCE).as_posix(): path.read_text(encoding="utf-8") for path in paths}
    return {name: Module(name, text) for name, text in named.items()}


@cache
def _parsed(name: str) -> ast.Module:
    return ast.parse(modules()[name].text)


def _with(*words: str, under: str = "") -> Iterator[tuple[str, ast.Module]]:
    """Modules under a folder whose text has one of the words."""
    for one in modules().values():
        if one.name.startswith(under) and any(word in one.text for word in words):
            yield one.name, one.tree


@cache
def findings() -> tuple[Entry, ...]:
    return tuple(dict.fromkeys(_findings()))


@cache
def endings() -> tuple[Entry, ...]:
    return tuple(dict.fromkeys(_endings()))


@cache
def answers() -> tuple[Entry, ...]:
    return tuple(dict.fromkeys(_answers()))


def _findings() -> Iterator[Entry]:
    """Every `Kind`, and what readers say of files, which have catalogues of their own."""
    for name, tree in _with("Kind("):
        for call in _calls(tree, {"Kind"}):
            given = [*call.args, *(one.value for one in call.keywords)]
            if len(given) == 4:  # others share only the name
                code, severity, zh, en = (ast.literal_eval(part) for part in given)
                yield Entry(code, name, severity, Sentence(zh, en))
    for code, said in PROBLEMS.items():
        yield Entry(code, "adapters/readers", "error", Sentence(*said))
    for code, (severity, *said) in REMARKS.items():
        yield Entry(code, "adapters/readers", severity, Sentence(*said))
    for end, said in SAID.items():
        yield Entry(f"bounds.{end}", "adapters/bounded", "error", Sentence(*said))


def _endings() -> Iterator[Entry]:
    """Messages with which a command ends, by its exit code."""
    catalogue = _messages()
    found = {code: FAMILIES[code.split(".")[0]] for code in catalogue if code.split(".")[0] in FAMILIES}
    found |= OF_CODE
    for _, tree in _with("Stop(", under="cli/"):
        for call in _calls(tree, {"Stop"}):
            of_exit = re.fullmatch(r"Exit\.([A-Z_]+)", ast.unparse(call.args[0]))
            for key in _calls(call, {"say", "_say"}) if of_exit else ():
                fits = _fitting(key.args[0])
                found |= {code: Exit[of_exit[1]] for code in catalogue if fits.fullmatch(code)}
    for code in sorted(set(found) - FRAMES):
        module, sentence = catalogue[code]
        yield Entry(code, module, str(int(found[code])), sentence)


def _messages() -> dict[str, tuple[str, Sentence]]:
    """Messages of the command line with the modules that keep them."""
    found = {}
    for name, tree in _with("MESSAGES", under="cli/"):
        for key, value in _items(tree):
            if isinstance(value, ast.Tuple) and len(value.elts) == 2:
                found[key] = name, Sentence(*(ast.literal_eval(part) for part in value.elts))
    return found


def _fitting(key: ast.expr) -> re.Pattern[str]:
    """The keys that an expression can come to: its unknown parts are anything."""
    parts = key.values if isinstance(key, ast.JoinedStr) else [key]
    return re.compile("".join(re.escape(part.value) if isinstance(part, ast.Constant) else ".+" for part in parts))


def _answers() -> Iterator[Entry]:
    """Problems that the server answers with, by their HTTP status."""
    kinds = _kinds_of_problems()
    words = [f"{kind}(" for kind in (*kinds, *ANSWERED, "_answer")]
    for name, tree in _with(*words, '"code":', under="web/"):
        for within in _functions(tree):
            yield from _answers_in(name, within, kinds)


def _answers_in(name: str, within: ast.AST, kinds: dict[str, tuple[int, str]]) -> Iterator[Entry]:
    deep = not isinstance(within, ast.Module)
    for call in _calls(within, kinds, deep):
        status, usual = kinds[_name(call)]
        codes = _codes(_keyword(call, "code") or ast.Constant(usual), name)
        said = call.args[0] if call.args else None
        if codes:
            for module, sentence in _sentences(said, within, name) or [(name, None)]:
                yield from (Entry(one, module, str(status), sentence) for one in codes)
        else:
            # The code comes from elsewhere: from a finding, which has it, or from a table beside, which is read.
            for code, value in _items(within):
                yield from (Entry(code, name, str(status), one) for _, one in _sentences(value, within, name))
    for call in _calls(within, ANSWERED, deep):
        codes = _codes(call.args[0], name) if call.args else []
        for module, sentence in _sentences(call, within, name) if codes else ():
            yield Entry(codes[0], module, str(ANSWERED[_name(call)]), sentence)
    yield from _bodies(name, within)


def _bodies(name: str, within: ast.AST) -> Iterator[Entry]:
    """Answers that are put together by hand: a body with `code` and `message`, and `_answer` of the API."""
    if not isinstance(within, ast.FunctionDef):
        return
    for body in (node for node in ast.walk(within) if isinstance(node, ast.Dict)):
        parts = {key.value: value for key, value in zip(body.keys, body.values, strict=True) if _is_text(key)}
        status = next(
            (node.value for node in ast.walk(within) if isinstance(node, ast.keyword) and node.arg == "status"), None
        )
        if {"code", "message"} <= set(parts) and isinstance(status, ast.Constant):
            for code in _codes(parts["code"], name):
                yield from (
                    Entry(code, module, str(status.value), one)
                    for module, one in _sentences(parts["message"], within, name)
                )
    for call in _calls(within, {"_answer"}):
        match call.args:
            case [_, ast.Constant(value=int(status)), ast.Constant(value=str(code)), _, said, *_]:
                found = _sentences(said, within, name) or [(name, None)]
                yield from (Entry(code, module, str(status), one) for module, one in found)


@cache
def _kinds_of_problems() -> dict[str, tuple[int, str]]:
    """Status and usual code of `Problem` and of all classes under it."""
    found: dict[str, tuple[int, str]] = {"": (400, "request.invalid")}
    waiting = [("", "Problem")]
    while waiting:
        above, name = waiting.pop()
        for _, tree in _with(f"class {name}(", under="web/"):
            for line in (node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == name):
                own = {ast.unparse(one.targets[0]): one.value for one in line.body if isinstance(one, ast.Assign)}
                status, code = found[above]
                status = ast.literal_eval(own["status"]) if "status" in own else status
                found[name] = status, ast.literal_eval(own["code"]) if "code" in own else code
        below = re.compile(rf"^class (\w+)\({name}\):", re.MULTILINE)
        waiting += [(name, one) for module in modules().values() for one in below.findall(module.text)]
    del found[""]
    return found


def _codes(code: ast.expr, module: str) -> list[str]:
    """The codes that an expression can come to: a literal, a choice of two, or a constant of the module."""
    match code:
        case ast.Constant(value=str(text)):
            return [text] if CODE.fullmatch(text) else []
        case ast.IfExp(body=one, orelse=other):
            return _codes(one, module) + _codes(other, module)
        case ast.Name(id=name):
            return [found for value in _constants(name) for found in _codes(value, module)]
    return []


@cache
def _constants(name: str) -> tuple[ast.expr, ...]:
    """What a name in capitals stands for; there is one of each name, wherever it is imported from."""
    if not name.isupper():
        return ()
    return tuple(
        line.value
        for _, tree in _with(f"\n{name} = ")
        for line in tree.body
        if isinstance(line, ast.Assign) and ast.unparse(line.targets[0]) == name
    )


def _sentences(said: ast.expr | None, within: ast.AST, module: str, deep: bool = True) -> list[tuple[str, Sentence]]:
    """The sentences that an expression can come to, each with the module that says it."""
    match said:
        case ast.BinOp(op=ast.Mod(), left=template):
            return _sentences(template, within, module, deep)
        case ast.Call() if _name(said) in SPOKEN and said.args and isinstance(said.args[0], ast.Constant):
            plural = said.args[1] if _name(said).startswith("ngettext") else None
            return [(module, _translated(said.args[0].value, plural.value if isinstance(plural, ast.Constant) else ""))]
        case ast.Name(id=name) if deep:
            own = [
                line.value
                for line in ast.walk(within)
                if isinstance(line, ast.Assign) and ast.unparse(line.targets[0]) == name
            ]
            found = [one for value in own for one in _sentences(value, within, module, deep=False)]
            found += [one for value in _constants(name) for one in _sentences(value, within, module, deep=False)]
            return found or _sentences_of_callers(name, within)
        case ast.Call(func=ast.Name(id=name)) if deep and (own := _function(name, module)):
            returned = [line.value for line in ast.walk(own) if isinstance(line, ast.Return)]
            return [one for value in returned for one in _sentences(value, own, module)]
        case ast.AST():
            parts = [part for part in ast.iter_child_nodes(said) if isinstance(part, ast.expr)]
            return [one for part in parts for one in _sentences(part, within, module, deep=False)]
    return []


def _function(name: str, module: str) -> ast.FunctionDef | None:
    return next(
        (node for node in _parsed(module).body if isinstance(node, ast.FunctionDef) and node.name == name), None
    )


def _sentences_of_callers(parameter: str, within: ast.AST) -> list[tuple[str, Sentence]]:
    """What others hand in where a function only passes its sentence on."""
    if not isinstance(within, ast.FunctionDef):
        return []
    names = [one.arg for one in within.args.args]
    if parameter not in names or within.name.startswith("_"):
        return []
    place = names.index(parameter)
    given = [
        (name, call.args[place] if place < len(call.args) else _keyword(call, parameter))
        for name, tree in _with(f"{within.name}(", under="web/")
        for call in _calls(tree, {within.name})
    ]
    return [one for name, value in given for one in _sentences(value, within, name, deep=False)]


@cache
def _english() -> tuple[gettext.GNUTranslations, ...]:
    catalogues = sorted(SOURCE.glob("web/*/locale/en/LC_MESSAGES/django.mo"))
    return tuple(gettext.GNUTranslations(io.BytesIO(path.read_bytes())) for path in catalogues)


def _translated(text: str, plural: str = "") -> Sentence:
    for catalogue in _english():
        english = catalogue.ngettext(text, plural, 2) if plural else catalogue.gettext(text)
        if english not in (text, plural):
            return Sentence(text, english)
    return Sentence(text, "")


def _functions(tree: ast.Module) -> Iterator[ast.AST]:
    """Functions, each once with what lies in it; and the module for what lies in none."""
    yield tree
    waiting: list[ast.AST] = list(ast.iter_child_nodes(tree))
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, ast.FunctionDef):
            yield node
        else:
            waiting += ast.iter_child_nodes(node)


def _calls(tree: ast.AST, names: Iterable[str], deep: bool = True) -> Iterator[ast.Call]:
    """Calls of functions and classes of these names; those within functions only when it is asked `deep`."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Call) and _name(node) in names:
            yield node
        waiting += [one for one in ast.iter_child_nodes(node) if deep or not isinstance(one, ast.FunctionDef)]


def _items(tree: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Entries of tables by code."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if _is_text(key) and re.fullmatch(r"[a-z -]+(\.[a-z -]+)+", key.value):
                    yield key.value, value


def _is_text(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _name(call: ast.Call) -> str:
    """The last name of what is called; "" where it has none."""
    return getattr(call.func, "id", "") or getattr(call.func, "attr", "")


def _keyword(call: ast.Call, name: str) -> ast.expr | None:
    return next((one.value for one in call.keywords if one.arg == name), None)
