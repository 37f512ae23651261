"""Streams whose upstream breaks: how many arrive whole, how long the seam takes, what is paid twice."""

from .candidates import BREAKING
from .processes import wait_until_quiet

# So many streams, each of which breaks in its middle; the next provider takes 50 ms until its first text.
EVENTS, AT, PACE_US, FIRST_US = 60, 30, 20000, 50000
STREAMS, STREAMS_IN_BRIEF, CONNECTIONS, PATIENCE = 1000, 100, 100, 90
UNPACED = "-c 64 -n 500 -w 1.5 -t 4 -R 100"
UNPACED_IN_BRIEF = "-c 64 -n 500 -w 0.5 -t 1.5 -R 100"
IN_BRIEF = "chat-chat"  # the pair whose throughput the short form measures
ONE_IN_TEN = ["-x", "250", "-B", "10"]
WARM_UP, WARM_UP_IN_BRIEF = "-c 64 -n 60 -x 30 -w 0 -t 3", "-c 64 -n 60 -x 30 -w 0 -t 1"


def breaking_pairs(candidate, pairs):
    return [pair for pair in pairs if BREAKING + pair in candidate.routes]


def measured(bench, candidate, pair):
    """One row of figures."""
    route = candidate.routes[BREAKING + pair]
    bench.load(candidate, route, (WARM_UP_IN_BRIEF if bench.brief else WARM_UP).split())
    row = {"candidate": candidate.name, "pair": pair}
    row.update(_seams(bench, candidate, route))
    if not bench.brief or pair == IN_BRIEF:
        row.update(_throughput(bench, candidate, route))
    return row


def _seams(bench, candidate, route):
    streams = STREAMS_IN_BRIEF if bench.brief else STREAMS
    options = f"-c {min(CONNECTIONS, streams)} -R 1000 -n {EVENTS} -d {PACE_US} -f {FIRST_US} -x {AT} -N {streams} -t {PATIENCE}"
    bench.mock.wait_until_idle()
    wait_until_quiet(bench.patience)
    bench.mock.counts(anew=True)
    figures = bench.load(candidate, route, options.split())
    bench.mock.wait_until_idle()
    return seam_figures(figures, bench.mock.counts())


def seam_figures(load, mock):
    """Of the load tool's figures and the mock's, over the same streams."""
    told, twice = load["told_to_break"], mock["events"] - load["events"]
    found = {"told_to_break": told, "whole": load["whole"] / told if told else None, "breaks": mock["breaks"],
             "twice_per_break": twice / mock["breaks"] if mock["breaks"] else None,
             "twice_share": twice / load["events"] if load["events"] else None}
    for name in ("seam_release", "seam_gap", "seam_beyond"):
        found.update({f"{name}_{q}_us": load[f"{name}_{q}_us"] for q in ("p50", "p99") if load[f"{name}_count"]})
    found.update({f"break_to_request_{q}_us": mock[f"break_to_request_{q}_us"] for q in ("p50", "p99") if mock["asked_again"]})
    return found


def _throughput(bench, candidate, route):
    options = (UNPACED_IN_BRIEF if bench.brief else UNPACED).split()
    unbroken = bench.window(candidate, route, options)["events_s"]
    broken = bench.window(candidate, route, options + ONE_IN_TEN)
    return {"events_s": broken["events_s"], "to_unbroken": broken["events_s"] / unbroken if unbroken else None,
            "whole_of_one_in_ten": broken["whole"] / broken["told_to_break"] if broken["told_to_break"] else None}
