"""The tables, in Markdown that reads well in a terminal too."""

import unicodedata

from .figures import median_of, ratio
from .scenarios import ALL
from .targets import judge_all

NOTHING = "–"
ARROWS = {"chat": "chat", "messages": "Messages", "responses": "Responses"}


def pair_name(pair):
    return "→".join(ARROWS[p] for p in pair.split("-"))


def number(value, digits=1):
    if value is None:
        return NOTHING
    return f"{value:,.{0 if abs(value) >= 100 else digits}f}"


def milliseconds(micros):
    """Three digits that count."""
    if micros is None:
        return NOTHING
    value = micros / 1000
    return f"{value:,.{2 if value < 10 else 1 if value < 100 else 0}f}"


def times(value):
    return NOTHING if value is None else f"{value:.2f} ×"


def share(value):
    if value is None:
        return NOTHING
    return "100 %" if value >= 1 else f"{min(99.9, 100 * value):.1f} %"


def width(text):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def table(head, rows):
    """Texts in the first column go to the left, all others to the right, but for the last if its head is "faults"."""
    rows = [[str(cell) for cell in row] for row in rows]
    widths = [max(width(row[i]) for row in [head, *rows]) for i in range(len(head))]
    left = [i == 0 or name in LEFT for i, name in enumerate(head)]
    lines = [_line(row, widths, left) for row in [head, *rows]]
    rule = "|" + "|".join("-" * (w + 1) + ("-" if l else ":") for w, l in zip(widths, left)) + "|"
    return "\n".join([lines[0], rule, *lines[1:]]) + "\n"


LEFT = {"candidate", "faults", "version", "verdict", "figure", "pair", "what"}


def _line(row, widths, left):
    cells = [cell + " " * (w - width(cell)) if l else " " * (w - width(cell)) + cell for cell, w, l in zip(row, widths, left)]
    return "| " + " | ".join(cells) + " |"


# ---- the scenarios ----

def _paced(f, s, pair, candidate):
    m = _of(f, s, pair, candidate)
    return [number(m("cpu_us_per_event")), times(f.to_base(s.name, pair, candidate, "cpu_us_per_event")), share(ratio(m("events_s"), s.pace())),
            *(milliseconds(m(f"latency_{q}_us")) for q in ("p50", "p90", "p99", "p999")),
            *(milliseconds(m(f"first_text_{q}_us")) for q in ("p50", "p99"))]


def _begun(f, s, pair, candidate):
    m = _of(f, s, pair, candidate)
    return [number(m("cpu_us_per_request")), times(f.to_base(s.name, pair, candidate, "cpu_us_per_request")), number(m("requests_s")),
            *(milliseconds(m(f"first_text_{q}_us")) for q in ("p50", "p99"))]


def _max(f, s, pair, candidate):
    m = _of(f, s, pair, candidate)
    return [number(m("events_s")), times(f.to_base(s.name, pair, candidate, "events_s")), number(m("cpu_us_per_event"), 2),
            times(f.to_base(s.name, pair, candidate, "cpu_us_per_event"))]


def _json(f, s, pair, candidate):
    m = _of(f, s, pair, candidate)
    return [number(m("requests_s")), times(f.to_base(s.name, pair, candidate, "requests_s")), number(m("cpu_us_per_request")),
            *(milliseconds(m(f"request_{q}_us")) for q in ("p50", "p99"))]


COLUMNS = {
    "paced": (_paced, ["CPU µs/event", "to nginx", "carried", "p50 ms", "p90 ms", "p99 ms", "p99.9 ms", "first p50", "first p99"]),
    "begun": (_begun, ["CPU µs/stream", "to nginx", "streams/s", "first p50 ms", "first p99 ms"]),
    "max": (_max, ["events/s", "to nginx", "CPU µs/event", "CPU to nginx"]),
    "json": (_json, ["answers/s", "to nginx", "CPU µs/answer", "p50 ms", "p99 ms"]),
}


def _of(f, s, pair, candidate):
    return lambda name: f.median(s.name, pair, candidate, name)


def _faults(f, scenario, pair, candidate):
    found = [f.faults(scenario, pair, candidate)]
    disturbed = f.disturbed(scenario, pair, candidate)
    if disturbed:
        found.append(f"{disturbed} disturbed")
    return ", ".join(x for x in found if x)


def scenario_table(figures, scenario):
    columns, head = COLUMNS[scenario.kind]
    rows = [[pair_name(pair), candidate, *columns(figures, scenario, pair, candidate), _faults(figures, scenario.name, pair, candidate)]
            for pair, candidate in figures.rows(scenario.name)]
    return table(["pair", "candidate", *head, "faults"], by_pair(rows)) if rows else ""


def by_pair(rows):
    order = list(dict.fromkeys(row[0] for row in rows))
    return sorted(rows, key=lambda row: order.index(row[0]))


# ---- the others ----

def _keys(rows, *names):
    return list(dict.fromkeys(tuple(row[n] for n in names) for row in rows))


def memory_table(memory):
    rows = []
    for candidate, pair in _keys(memory, "candidate", "pair"):
        of = [m for m in memory if m["candidate"] == candidate and m["pair"] == pair]
        at = {n: [m for m in of if m["streams"] == n] for n in (1000, 5000)}
        rows.append([candidate, pair_name(pair), *(number(median_of(at[n], "rss_mb"), 0) for n in at), f"{sum(m['errors'] for m in of) or ''}"])
    return table(["candidate", "pair", "MB at 1,000 streams", "MB at 5,000", "faults"], rows)


def starts_table(starts):
    rows = []
    for (candidate,) in _keys(starts, "candidate"):
        of = {cold: [s for s in starts if s["candidate"] == candidate and s["cold"] == cold] for cold in (False, True)}
        rows.append([candidate, *(number(median_of(of[cold], "seconds"), 2) for cold in of)])
    return table(["candidate", "s", "s, for the first time"], rows)


def breaks_table(breaks):
    rows = []
    for candidate, pair in _keys(breaks, "candidate", "pair"):
        of = [b for b in breaks if b["candidate"] == candidate and b["pair"] == pair]
        m = lambda name: median_of(of, name)
        rows.append([pair_name(pair), candidate, share(m("whole")), milliseconds(m("break_to_request_p50_us")), milliseconds(m("break_to_request_p99_us")),
                     milliseconds(m("seam_release_p50_us")), milliseconds(m("seam_release_p99_us")), milliseconds(m("seam_beyond_p50_us")),
                     milliseconds(m("seam_beyond_p99_us")), number(m("twice_per_break")), share(m("twice_share")), number(m("events_s")), times(m("to_unbroken"))])
    return table(["pair", "candidate", "whole", "asked p50 ms", "p99", "released p50 ms", "p99", "gap p50 ms", "p99", "twice/break", "twice",
                  "events/s", "to none broken"], by_pair(rows))


def engine_table(engine):
    rows = [[pair_name(row["pair"]), number(row["ns"], 0), number(row["bytes"], 0)] for row in engine]
    return table(["pair", "ns/event", "bytes/event"], rows)


BREAKS_LEGEND = """\
Every stream breaks in its middle (the connection is reset) and the fallback is well. *asked*: from the break to the next request.
*released*: from the newest text in the first continued bytes, written by the provider, to its receipt. *gap*: how long the client
waited between two texts at the seam, beyond the next provider's own time to its first one. At 50 events a second the connection
breaks 20 ms behind the last text, and each event that the next provider is made to repeat takes as long: both are in it. *twice*:
text events that providers wrote beyond those delivered. *events/s*: unpaced, 64 streams, one in ten of which breaks; and the same
with none that does.
"""


def machine_table(results):
    rows = [[name.replace("_", " "), value] for name, value in results.machine.items()]
    rows += [[name, description] for name, description in results.candidates.items()]
    return table(["what", "version"], rows)


PREFACE = """\
Latencies are between the provider's writing of a token and the client's reading of it, in milliseconds; what `direct` has is the
path's own. *first*: from the request to the first text, without what the provider itself took. *to nginx*: in the same pair; where
nginx cannot translate, to its chat→chat. *carried*: which share of the due events came in time. Medians over the rounds.
"""


def everything(results):
    parts = [f"`{results.command}`\n", machine_table(results), "## Targets\n",
             table(["figure", "target", "measured", "verdict"], judge_all(results)), PREFACE]
    for scenario in ALL.values():
        rows = scenario_table(results.figures, scenario)
        if rows:
            parts += [f"## {scenario.title} (`{scenario.name}`)\n", rows]
    for title, of, rows in (("Resident memory", memory_table, results.memory), ("From the start to the first answer", starts_table, results.starts),
                            ("Streams that break", breaks_table, results.breaks), ("The engine alone (JMH)", engine_table, results.engine)):
        if rows:
            parts += [f"## {title}\n", of(rows)] + ([BREAKS_LEGEND] if of is breaks_table else [])
    return "\n".join(parts)
