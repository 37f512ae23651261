"""Memory with many streams open, and starts: each in a process that has just begun."""

import subprocess

from .processes import wait_until_quiet
from .scenarios import ALL

HELD = [("p1000", "-c 1000 -n 1000 -d 50000 -w 4 -W 30 -t 4 -R 1500"), ("p5000", "-c 5000 -n 400 -d 400000 -w 6 -W 60 -t 6 -R 4000")]
HELD_IN_BRIEF = [("p1000", "-c 1000 -n 1000 -d 50000 -w 2 -t 1.5 -R 1000"), ("p5000", "-c 5000 -n 400 -d 400000 -w 3.5 -t 1.5 -R 3000")]
COLD = "start-cold"


def resident(bench, candidate, pair):
    """Megabytes by number of streams, one number after the other in one new process."""
    candidate.stop()
    candidate.start(bench.mock)
    found = []
    for scenario, options in HELD_IN_BRIEF if bench.brief else HELD:
        figures = bench.load(candidate, candidate.routes[pair], options.split())
        found.append({"candidate": candidate.name, "pair": pair, "streams": ALL[scenario].streams, "rss_mb": figures["rss_mb"],
                      "errors": figures["errors"] + figures["refused"], "events_s": figures["events_s"]})
    return found


def starts(bench, candidate, count):
    """Seconds until the first answer was served; cold: without what an earlier start left behind."""
    found = []
    candidate.stop()
    if has_cold_start(candidate):
        found += [_start(bench, candidate, COLD) for _ in range(count)]
    candidate.start(bench.mock)
    candidate.stop()
    return found + [_start(bench, candidate, "start") for _ in range(count)]


def has_cold_start(candidate):
    """Whether it says so: a candidate's usage lists its sub-commands."""
    usage = subprocess.run([candidate.script], capture_output=True, text=True, timeout=20)
    return COLD in usage.stdout + usage.stderr


def _start(bench, candidate, command):
    wait_until_quiet(bench.patience)
    seconds = candidate.start(bench.mock, command)
    candidate.stop()
    return {"candidate": candidate.name, "cold": command == COLD, "seconds": seconds}
