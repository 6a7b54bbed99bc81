"""Measures the engine against its goals, prints the table and writes it to docs/benchmarks.md."""

import json
import os
import platform
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "benchmarks.md"


@dataclass(frozen=True)
class Line:
    """A line of the table."""

    measure: str
    goal: str
    found: str
    met: bool

    def as_row(self) -> str:
        """The line in Markdown."""
        return f"| {self.measure} | {self.goal} | {self.found} | {'yes' if self.met else '**no**'} |"


def main() -> int:
    """Measure, print, write; 0 when every goal is met."""
    lines = [line for part in (_parsing, _memory, _growth, _ingest, _importing) for line in part()]
    table = "\n".join(["| measure | goal | found | met |", "|---|---|---|---|", *(line.as_row() for line in lines)])
    print(table)
    PAGE.parent.mkdir(exist_ok=True)
    # Further sections are written by others: bench/time-to-name.ts.
    _, heading, others = PAGE.read_text(encoding="utf-8").partition("\n## ") if PAGE.exists() else ("", "", "")
    PAGE.write_text(f"{_INTRODUCTION}\n{_machine()}\n\n{table}\n{heading}{others}", encoding="utf-8")
    return 0 if all(line.met for line in lines) else 1


def _parsing() -> list[Line]:
    found = _measure("parsing")
    ratio = found["ours"] / found["bare"]
    told = f"{ratio:.2f} × ({found['ours']:.3f} s against {found['bare']:.3f} s)"
    return [Line("parse and group 100,000 rows, against a bare `csv.reader` over the same bytes", "at most 4 ×", told, ratio <= 4)]


def _memory() -> list[Line]:
    found = _measure("memory")
    told = f"{found['peak']:.0f} MiB ({found['before']:.0f} MiB before; {found['seconds']:.0f} s on the embedded AWS)"
    return [
        Line(
            "peak memory of the process for 100,000 rows, first ingest, with clients", "under 220 MB", told, found["peak"] * 1.048576 < 220
        )
    ]


def _growth() -> list[Line]:
    found = _measure("growth")
    lines = []
    for what, few, many in (
        ("from 10,000 to 100,000 rows", "rows_10000", "rows_100000"),
        ("of one lesson from 400 to 4,000 people", "lesson_400", "lesson_4000"),
    ):
        change = found[many] / found[few] - 1
        told = f"{change:+.0%} for a row ({found[few] * 1e6:.1f} µs, then {found[many] * 1e6:.1f} µs)"
        lines.append(Line(f"growth {what}", "linear within 15 %", told, change <= 0.15))
    return lines


def _ingest() -> list[Line]:
    found = _measure("ingest")
    return [
        Line("first ingest of 1,100 rows on the embedded AWS, warm", "under 0.3 s", f"{found['first']:.3f} s", found["first"] < 0.3),
        Line("the same again", "under 0.1 s", f"{found['again']:.3f} s", found["again"] < 0.1),
    ]


def _importing() -> list[Line]:
    found = _measure("importing")
    ratio = found["ours"] / found["bare"]
    told = f"{ratio:.2f} × ({found['ours']:.3f} s against {found['bare']:.3f} s)"
    return [Line("import of `handler` against importing boto3 and making two clients", "at most 1.5 ×", told, ratio <= 1.5)]


def _measure(name: str) -> dict[str, float]:
    print(f"measuring {name} …", file=sys.stderr, flush=True)
    folders = [str(ROOT / folder) for folder in ("lambda/processor", "test/processor", "bench")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(folders)}
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("measure.py")), name], env=environment, stdout=subprocess.PIPE, check=True, text=True
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _machine() -> str:
    return f"Measured with Python {platform.python_version()} on {os.cpu_count()} cores ({platform.system()}, {platform.machine()})."


_INTRODUCTION = """# Benchmarks

Made by `npm run bench`; each measure is taken in a process of its own. What is compared is measured in turn in the same run and the best
of each counts, in processor time; the ingests are the median of several, in real time. The export is a synthetic season of 60 days.
"""

if __name__ == "__main__":
    raise SystemExit(main())
