"""Speed, memory, growth and start-up of the compiler, measured into docs/bench/compile.md: `make bench`.

The texts are the three real plans where their folder is present, else the example plans. The measure of speed is
`jieba.cut` over the same text in the same run: a figure that holds on other machines too.
"""

import json
import os
import platform
import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "bench" / "compile.md"
ROUNDS = 9
START_UP_ROUNDS = 15
GROWTH_MB = (1, 2, 5, 10)
MB = 1_000_000
GROWTH_NOTE = "The same texts, one behind the other until the size is reached; and the same as a single line."
LOAD = os.getloadavg()[0]
REAL = ("plan_a.txt", "plan_b.txt", "plan_c.txt")


def main() -> int:
    texts, what = load_texts()
    speed = measure_speed(texts)
    memory = measure_memory(texts)
    growth = [(kind, measure_growth(texts, kind)) for kind in ("paragraphs", "one line")]
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(what, speed, memory, growth, measure_start_up()), encoding="utf-8")
    print(PAGE.read_text(encoding="utf-8"))
    return 0


def load_texts() -> tuple[list[str], str]:
    """The texts to measure on, and what they are."""
    samples = Path(os.environ.get("GUATU_SHARED") or ROOT.parent / "shared") / "samples"
    if all((samples / name).exists() for name in REAL):
        return [(samples / name).read_text(encoding="utf-8") for name in REAL], "the three real plans"
    paths = [*sorted((ROOT / "examples").rglob("*.txt")), *sorted((ROOT / "tests" / "spec" / "plans").glob("*.txt"))]
    return [path.read_text(encoding="utf-8") for path in paths], "the example plans and the plans with references"


def size(texts: list[str]) -> int:
    return sum(len(text.encode("utf-8")) for text in texts)


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def measure_speed(texts: list[str]) -> dict[str, float]:
    """Median seconds of both over all texts, rounds taken in turn; and the median of the ratios of the rounds."""
    from guatu.core.plan.compiler import compile_text

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba

    def compiled() -> None:
        for text in texts:
            compile_text(text)

    def cut() -> None:
        for text in texts:
            for _ in jieba.cut(text):
                pass

    jieba.setLogLevel(60)
    compiled()
    cut()
    rounds = [(timed(compiled), timed(cut)) for _ in range(ROUNDS)]
    mb = size(texts) / MB
    return {
        "mb": mb,
        "compile": statistics.median(c for c, _ in rounds),
        "cut": statistics.median(j for _, j in rounds),
        "ratio": statistics.median(j / c for c, j in rounds),
        "worst": min(j / c for c, j in rounds),
    }


def grown(texts: list[str], megabytes: float, kind: str) -> str:
    """One text of that many MB: the texts one behind the other, again and again; or the same without line breaks."""
    once = "\n\n".join(texts)
    wanted = int(megabytes * MB)
    whole = (once + "\n\n") * (wanted // len(once.encode("utf-8")) + 1)
    if kind == "one line":
        whole = whole.replace("\n", " ")
    return whole.encode("utf-8")[:wanted].decode("utf-8", errors="ignore")


def measure_growth(texts: list[str], kind: str) -> dict[int, float]:
    """Seconds by MB."""
    from guatu.core.plan.compiler import compile_text

    return {megabytes: timed(lambda mb=megabytes: compile_text(grown(texts, mb, kind))) for megabytes in GROWTH_MB}


PEAK = """
import json, sys
def peak():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1000
text = sys.stdin.buffer.read().decode("utf-8")
from guatu.core.plan.compiler import compile_text
compile_text("")
before = peak()
compiled = compile_text(text)
print(json.dumps([before, peak()]))
"""


def measure_memory(texts: list[str]) -> tuple[float, float] | None:
    """Peak MB of a process that compiles a text of 1 MB: before and after; None where the system does not say."""
    if not Path("/proc/self/status").exists():
        return None
    text = grown(texts, 1, "paragraphs").encode("utf-8")
    done = subprocess.run([sys.executable, "-c", PEAK], input=text, capture_output=True, check=True)
    before, after = json.loads(done.stdout)
    return before, after


def measure_start_up() -> tuple[float, float]:
    """Median seconds of `guatu --help` and of an empty Python."""
    program = Path(sys.executable).parent / "guatu"

    def run(*command: str) -> float:
        return timed(lambda: subprocess.run(command, capture_output=True, check=True))

    rounds = [(run(str(program), "--help"), run(sys.executable, "-c", "pass")) for _ in range(START_UP_ROUNDS)]
    return statistics.median(r[0] for r in rounds), statistics.median(r[1] for r in rounds)


Growth = list[tuple[str, dict[int, float]]]


def page(
    what: str,
    speed: dict[str, float],
    memory: tuple[float, float] | None,
    growth: Growth,
    start_up: tuple[float, float],
) -> str:
    head = (
        f"Measured by `make bench` on {machine()}; load when it began: {LOAD:.1f}. Texts: {what} ({speed['mb']:.2f} MB of "
        "UTF-8). Compiling includes every lint rule."
    )
    rounds = (
        f"Compiling took {speed['compile']:.3f} s ({speed['mb'] / speed['compile']:.2f} MB/s), `jieba.cut` "
        f"{speed['cut']:.3f} s ({speed['mb'] / speed['cut']:.2f} MB/s): medians of {ROUNDS} rounds taken in turn; the ratio is "
        f"the median of the rounds' ratios, the worst round had {speed['worst']:.2f}. An empty Python starts in "
        f"{start_up[1]:.3f} s."
    )
    table = verdicts(speed, memory, growth, start_up)
    parts = ["<!-- Made by `make bench`. -->", "# Speed", head, table, rounds, "## Growth", GROWTH_NOTE, curves(growth)]
    return "\n\n".join(parts) + "\n"


def verdicts(
    speed: dict[str, float], memory: tuple[float, float] | None, growth: Growth, start_up: tuple[float, float]
) -> str:
    """What was wanted, what was measured, and whether that is enough."""
    steepest = max(times[GROWTH_MB[-1]] / GROWTH_MB[-1] / (times[1] / 1) for _, times in growth)
    rows = [
        ("throughput against `jieba.cut`", ">= 1.5", f"{speed['ratio']:.2f}", speed["ratio"] >= 1.5),
        ("`guatu --help`", "< 0.2 s", f"{start_up[0]:.3f} s", start_up[0] < 0.2),
        ("seconds per MB at 10 MB against 1 MB", "< 1.5", f"{steepest:.2f}", steepest < 1.5),
    ]
    if memory:
        rows.insert(1, ("peak memory, 1 MB of text", "< 150 MB", f"{memory[1]:.0f} MB", memory[1] < 150))
    lines = [f"| {name} | {want} | {got} | {'yes' if ok else '**no**'} |" for name, want, got, ok in rows]
    return "\n".join(["| What | Wanted | Measured | Reached |", "|---|---|---|---|", *lines])


def curves(growth: Growth) -> str:
    head = ["| Size | " + " | ".join(kind for kind, _ in growth) + " |", "|---|" + "---|" * len(growth)]
    rows = [f"| {mb} MB | " + " | ".join(f"{times[mb]:.2f} s" for _, times in growth) + " |" for mb in GROWTH_MB]
    return "\n".join(head + rows)


def machine() -> str:
    model = platform.processor() or platform.machine()
    cpus = Path("/proc/cpuinfo")
    if cpus.exists():
        names = [
            line.split(":", 1)[1].strip() for line in cpus.read_text().splitlines() if line.startswith("model name")
        ]
        model = names[0] if names else model
    return f"{os.cpu_count()} cores ({model}), Python {platform.python_version()}"


if __name__ == "__main__":
    sys.exit(main())
