"""bench/run: see bench/README.md."""

import argparse
import os
import pathlib
import resource
import subprocess
import sys

from . import breaks, candidates, documentation, engine, machine, memory, scenarios, soak, tables, tools
from .measure import Bench, attempt, say
from .results import Results, read

BRIEF = ["direct", "nginx", "midstream"]
EXTRAS = ["memory", "start", "breaks", "engine"]
IN_BRIEF = [*scenarios.IN_BRIEF, "memory", "start", "breaks"]
MANY_FILES = 12000
MEMORY_PAIRS = ["chat-chat", "chat-messages"]


def names(text):
    return [name for name in text.split(",") if name]


def arguments():
    parser = argparse.ArgumentParser(prog="bench/run", description="Measures Midstream beside a byte proxy and other gateways.",
                                     epilog="bench/run soak: mixed load with faults instead, for an hour or as long as it says; see its --help.")
    parser.add_argument("--short", action="store_true", help="a few minutes, for CI: Midstream beside nginx, one round")
    parser.add_argument("--only", type=names, help="of " + ", ".join([*scenarios.ALL, *EXTRAS]))
    parser.add_argument("--pairs", type=names, default=scenarios.PAIRS, help="of " + ", ".join(scenarios.PAIRS))
    parser.add_argument("--candidates", type=names, help="of " + ", ".join(candidates.known()))
    parser.add_argument("--rounds", type=int, help="5, or 1 with --short; where there is no target, and for other gateways, 2 unless --only says which")
    parser.add_argument("--docs", action="store_true", help="write the tables into docs/performance.md too")
    parser.add_argument("--again", metavar="FILE", help="measure nothing, but show the tables of a JSON in bench/target/results")
    chosen = parser.parse_args()
    for option, known in (("only", [*scenarios.ALL, *EXTRAS]), ("pairs", scenarios.PAIRS), ("candidates", candidates.known())):
        unknown = set(getattr(chosen, option) or []) - set(known)
        if unknown:
            parser.error(f"--{option}: there is no {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    chosen.picked = bool(chosen.only)
    chosen.only = chosen.only or (IN_BRIEF if chosen.short else [*scenarios.ALL, *EXTRAS])
    chosen.candidates = chosen.candidates or (BRIEF if chosen.short else candidates.known())
    chosen.rounds = chosen.rounds or (1 if chosen.short else 5)
    return chosen


def installed(chosen):
    """All candidates, and those of them that can be had."""
    every = [candidates.Candidate(name) for name in candidates.known() if name in chosen]
    for candidate in every:
        say(f"getting {candidate.name}")
        candidate.install()
        if candidate.missing:
            say(f"{candidate.name} is missing: {candidate.missing}")
    return every


def started(every, mock):
    running = []
    for candidate in every:
        if candidate.missing:
            continue
        try:
            candidate.start(mock)
            running.append(candidate)
        except RuntimeError as failure:
            candidate.missing = str(failure)
            say(candidate.missing)
    return running


def measure(bench, chosen, results):
    picked = [s for name, s in scenarios.ALL.items() if name in chosen.only]
    if picked or "breaks" in chosen.only:
        bench.warm_up(chosen.pairs)
    bench.rounds(chosen.rounds, picked, chosen.pairs, results.windows)
    if "breaks" in chosen.only:
        measure_breaks(bench, chosen, results)
    others = [c for c in bench.candidates if not c.is_direct]
    if "memory" in chosen.only:
        for candidate in others:
            for pair in [p for p in MEMORY_PAIRS[:1 if chosen.short else None] if p in chosen.pairs and p in candidate.routes]:
                results.memory += attempt(f"memory: {candidate.name} {pair}", memory.resident, bench, candidate, pair) or []
    if "start" in chosen.only:
        for candidate in others:
            results.starts += attempt(f"start: {candidate.name}", memory.starts, bench, candidate, 2 if chosen.short else 5) or []
    if "engine" in chosen.only:
        for candidate in others:
            candidate.stop()
        results.engine = attempt("the engine alone", engine.measured) or []


def measure_breaks(bench, chosen, results):
    for _ in range(min(chosen.rounds, 3)):
        for pair in chosen.pairs:
            for candidate in bench.candidates:
                if breaks.breaking_pairs(candidate, [pair]):
                    row = attempt(f"breaks: {candidate.name} {pair}", breaks.measured, bench, candidate, pair)
                    results.breaks += [row] if row else []


def check_harness():
    """Its own tests, which take a moment."""
    if subprocess.run([sys.executable, "-m", "unittest", "discover", "-q", "-s", "harness/tests", "-t", "."]).returncode:
        raise SystemExit("bench/run: the harness's own tests fail; see above")


def allow_many_files():
    """To all that is started from here on."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    if most < MANY_FILES:
        say(f"a process may have {most:,} files open, and 5,000 streams need {MANY_FILES:,}: raise `ulimit -Hn`")


def measured(chosen):
    """The results; of an interrupted run, what there was until then."""
    tools.build()
    if chosen.short:
        check_harness()
    every = installed(chosen.candidates)
    results = Results(machine.describe(), " ".join(["bench/run", *sys.argv[1:]]))
    with tools.Mock() as mock:
        try:
            measure(Bench(mock, started(every, mock), chosen.short, chosen.picked), chosen, results)
        except (KeyboardInterrupt, SystemExit) as end:
            say(f"interrupted: {end or 'by you'}; this is what there was until then")
        finally:
            results.candidates = {c.name: c.description() for c in every}
            for candidate in every:
                candidate.stop()
    return results


def main():
    allow_many_files()
    if sys.argv[1:2] == ["soak"]:
        return soak.main(sys.argv[2:])
    chosen = arguments()
    results = read(pathlib.Path(os.environ.get("BENCH_FROM", "."), chosen.again)) if chosen.again else measured(chosen)
    text = tables.everything(results)
    print(text)
    if not chosen.again:
        say(f"saved as {results.save(text)}")
    if chosen.docs:
        documentation.write(text)
    return 0 if results.found_something() else 1


sys.exit(main())
