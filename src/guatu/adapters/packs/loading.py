"""A pack made ready: its folder read, everything checked, its flows published."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from guatu.adapters.flows.engine import FlowEngine
from guatu.adapters.flows.publish import Declared, publish, read_decisions
from guatu.adapters.packs.engine_content import engine_faults
from guatu.adapters.packs.folder import read_folder
from guatu.adapters.packs.rubrics import Rubrics, read_rubrics
from guatu.adapters.packs.unused import unused
from guatu.core.cases.case_timers import endless_waits
from guatu.core.cases.flow import FORWARD, Arrow, Flow, Node, moves
from guatu.core.cases.lanes import post_names
from guatu.core.kernel.file_finding import FileFinding, file_finding
from guatu.core.kernel.finding import Kind
from guatu.core.pack import Pack, check_pack, read_pack
from guatu.core.pack.sections import classes, clocks, decisions, flows, manifest, parameters, posts
from guatu.core.pack.sections.fields import case_fields

FOLDER_NAME = Kind(
    "pack.folder-name",
    "error",
    "文件夹叫“{folder}”,pack.toml 里叫“{name}”;请改成一样",
    "the folder is called '{folder}', pack.toml says '{name}'; make them equal",
)
NO_NAME = Kind(
    "flow.no-words",
    "error",
    "“{element}”没有中英文两种名称;请写 name 和 guatu:name-en",
    "'{element}' has no words in both languages; give it name and guatu:name-en",
)
SAME_FLOW = Kind(
    "pack.same-flow",
    "error",
    "流程“{element}”在两个文件里;请改名",
    "flow '{element}' is in two files; rename one",
)


class LoadedPack(msgspec.Struct, frozen=True):
    """A pack, the engines of its flows by the ids of the flows, and the file of each; and its rubrics."""

    pack: Pack
    engines: dict[str, FlowEngine]
    files: dict[str, str]
    rubrics: Rubrics = Rubrics()


def load_pack(folder: Path) -> tuple[LoadedPack | None, list[FileFinding]]:
    """The pack of a folder; None where an error stands against it. Findings come in order of file and line."""
    texts, found = read_folder(folder)
    if found and not texts:
        return None, found
    loaded, more = load_texts(texts, folder.resolve().name)
    found += more
    if loaded is not None:
        found += engine_faults(folder, loaded.pack)
    found.sort(key=lambda one: (one.file, one.line))
    return (None if any(one.severity == "error" for one in found) else loaded), found


def load_texts(texts: Mapping[str, str], name: str) -> tuple[LoadedPack | None, list[FileFinding]]:
    """A pack from the texts of its files, for one that is edited in the browser."""
    read, found = read_pack(texts)
    if read is None or any(one.file in read.toml and one.severity == "error" for one in found):
        # What a table that cannot be read would have declared is missing everywhere else: nobody needs to hear that.
        return None, found
    pack = read.pack
    found += check_pack(read)
    if pack.name != name:
        found.append(read.fault(FOLDER_NAME, manifest.FILE, "name", folder=name, name=pack.name))
    tables = pack[decisions.SECTION]
    fields = case_fields(pack)
    numbers = pack[parameters.SECTION].all
    _, faults = read_decisions(tables, fields, numbers)
    found += faults
    held = pack[posts.SECTION]
    declared = Declared(held.names, pack[clocks.SECTION].names, fields, numbers, post_names(held.post))
    engines: dict[str, FlowEngine] = {}
    files: dict[str, str] = {}
    for file, text in pack[flows.SECTION].items():
        # What is wrong with the tables has been said once.
        engine, faults = publish(text, file, declared, tables)
        found += [one for one in faults if one.file == file]
        if engine is not None:
            if engine.flow.id in engines:
                found.append(file_finding(SAME_FLOW, file, engine.flow.line, engine.flow.id))
            engines[engine.flow.id] = engine
            files[engine.flow.id] = file
            found += _unnamed(engine.flow, file)
            found += endless_waits(engine.flow, pack[clocks.SECTION].limit_rows, pack[classes.SECTION].codes, file)
    if len(engines) == len(pack[flows.SECTION]) > 0:
        found += unused(read, engines.values())
    rubrics, faults = read_rubrics(read, (step.id for engine in engines.values() for step in engine.flow.steps))
    return LoadedPack(pack, engines, files, rubrics), found + faults


def _unnamed(flow: Flow, file: str) -> Iterator[FileFinding]:
    """Parts that people see and that lack words in one of the languages: the flow, its steps, what may be chosen."""
    chosen = {move.arrow for step in flow.steps for move in moves(flow, step.id) if move.key != FORWARD}
    arrows = (arrow for arrow in flow.arrows if arrow.id in chosen)
    events = (node for node in flow.nodes if node.id in chosen)
    parts: tuple[Flow | Node | Arrow, ...] = (flow, *flow.steps, *arrows, *events)
    for part in parts:
        if not (part.name.strip() and part.name_en.strip()):
            yield file_finding(NO_NAME, file, part.line, part.id)
