import pytest

from guatu.core.pack import check_pack, read_pack
from guatu.core.pack.toml_lines import TomlText

PACK = 'name = "p"\nversion = "1"\ntitle = { zh = "包", en = "pack" }\n'
CLOCKS = '\n[[hours]]\nshifts = ["08:00-12:00"]\nsource = "s"\n\n[[limit]]\nclock = "c"\namount = 2\nunit = "working-hour"\nsource = "s"\n'


def found(**files: str) -> list[str]:
    texts = {
        "pack.toml": PACK,
        "docs.md": "x",
        **{name.replace("_toml", ".toml"): text for name, text in files.items()},
    }
    read, findings = read_pack(texts)
    return [one.text("en") for one in [*findings, *(check_pack(read) if read else [])]]


def test_a_right_pack_has_no_findings() -> None:
    assert found(clocks_toml=CLOCKS) == []


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("clocks_toml", CLOCKS.replace('"working-hour"', '"working-our"'),
         "clocks.toml:9 pack.wrong-value the value at limit[0].unit is wrong: Invalid enum value 'working-our';"
         " there are: natural-day, urgent-hour, working-day, working-hour"),
        ("clocks_toml", CLOCKS.replace("amount = 2", "amount = -2"),
         "clocks.toml:6 pack.wrong-value the value at limit[0] is wrong: a limit of -2.0 is no limit"),
        ("clocks_toml", CLOCKS.replace("amount", "amuont"),
         "clocks.toml:8 pack.wrong-value the value at limit[0].amuont is wrong: Object contains unknown field `amuont`; there are:"
         " clock, amount, unit, class, condition, county, whole_days, roll, hours_per_day, at_least, valid_from, valid_to, source, unverified"),
        ("clocks_toml", CLOCKS.replace("amount = 2", "amount ="), "clocks.toml:8 pack.toml-unreadable the TOML cannot be read: Invalid value"),
        ("clocks_toml", CLOCKS[:-len('source = "s"\n')],
         "clocks.toml:6 pack.no-source limit[0] has no source; where nobody has checked it, add unverified = true"),
        ("clocks_toml", CLOCKS + CLOCKS.split("\n\n")[1].replace("amount = 2", "amount = 3"),
         "clocks.toml:11 pack.twice 'c 0001-01-01' is there twice; delete or rename one"),
        ("clocks_toml", "[[limit]]" + CLOCKS.split("[[limit]]")[1],
         "clocks.toml pack.no-hours there are limits in working time but no hours of work ([[hours]])"),
        ("clocks_toml", CLOCKS.replace("08:00-12:00", "8-12"),
         "clocks.toml:2 pack.wrong-value the value at hours[0] is wrong: hours are written as 08:00-12:00, not 8-12"),
        ("clocks_toml", CLOCKS.replace("08:00-12:00", "12:00-08:00"),
         "clocks.toml:2 pack.wrong-value the value at hours[0] is wrong: a shift from 12:00:00 to 08:00:00 ends before it begins"),
        ("classes_toml", '[[class]]\ncode = "a"\nzh = "甲"\nen = "a"\n[[class]]\ncode = "a"\nzh = "乙"\nen = "b"\n',
         "classes.toml:5 pack.twice 'a' is there twice; delete or rename one"),
        ("duty_toml", '[[duty]]\nclass = "x"\nunit = "u"\nunit_en = "u"\nsource = "s"\n',
         "duty.toml:1 pack.unknown-class class 'x' is not declared in classes.toml"),
        ("pack_toml", PACK.replace('"p"', '"P 1"'),
         "pack.toml:1 pack.bad-name 'P 1' is no name; use small letters, digits and underscores, and begin with a letter"),
        ("posts_toml", '[[post]]\nid = "a"\nzh = "甲"\nen = "a"\n' * 2,
         "posts.toml:5 pack.twice 'a' is there twice; delete or rename one"),
        ("clocks_toml", CLOCKS + '[policy]\nreviewers = ["boss"]\n',
         "clocks.toml:12 pack.unknown-post post 'boss' is not declared in posts.toml"),
        ("notes_toml", "", "notes.toml pack.unknown-file this file belongs to no section of a pack and nobody reads it;"
         " check its name and place, or delete it"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_file_and_line(name: str, text: str, message: str) -> None:
    assert found(**{name: text}) == [message]


def test_a_class_that_no_general_limit_covers_is_told() -> None:
    classes = "".join(f'[[class]]\ncode = "{code}"\nzh = "甲"\nen = "a"\n' for code in ("a1", "b1"))
    told = "clocks.toml pack.no-general-limit clock 'c' has no row without a condition for class 'b1': such cases may"
    narrow = CLOCKS.replace('clock = "c"', 'clock = "c"\nclass = "a"')
    assert found(classes_toml=classes, clocks_toml=narrow) == [f"{told} have no limit there"]
    assert found(classes_toml=classes, clocks_toml=CLOCKS) == []


def test_a_folder_without_pack_toml_is_no_pack() -> None:
    read, findings = read_pack({"docs.md": "x"})
    assert read is None and [one.code for one in findings] == ["pack.no-manifest"]


def test_a_file_of_no_section_and_python_but_formulas_are_refused() -> None:
    given = {"pack.toml": PACK, "formulas.py": "1/0", "forms/a.xlsx.txt": "", "rules.py": "1/0", "Flows/a.bpmn.bak": ""}
    _read, findings = read_pack(given)
    assert [(one.file, one.code, one.severity) for one in findings] == [
        (name, "pack.unknown-file", "error") for name in ("Flows/a.bpmn.bak", "forms/a.xlsx.txt", "rules.py")
    ]


def test_a_key_inside_a_string_of_many_lines_is_no_key() -> None:
    toml = TomlText("x.toml", 'a = """\nb = 1\n"""\nb = 2\n\n[[t]]\nc = 1\n[[t]]\nc = 2\n[t.sub]\nd = 1\n')
    assert [toml.line(path) for path in ("a", "b", "t[0].c", "t[1].c", "t[1].sub.d", "t[1].nothing", "zz")] == [
        1, 4, 7, 9, 11, 8, 0,
    ]  # fmt: skip
