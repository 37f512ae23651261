"""Whether what a process holds stayed flat: the last third of a soak beside the second, and the idle time after beside that before."""

import statistics
from dataclasses import dataclass


@dataclass(frozen=True)
class Held:
    """How much more the last third may hold than the second: a share of it, or at least so much."""

    name: str
    title: str
    share: float
    least: float

    def allowed(self, before):
        return max(self.share * before, self.least)


# A heap that was just collected says more than resident memory, to which the collector gives room as it likes.
HELD = [Held("rss_mb", "resident memory, MB", 0.10, 32), Held("heap_mb", "live objects, MB", 0.10, 8),
        Held("files", "open files", 0.05, 12), Held("threads", "threads", 0.05, 3)]
RETURNING = ["files", "threads"]
# What may stay behind when the load is over: connections to upstreams and threads that are begun when they are first needed.
LEFT_BEHIND = {"files": 16, "threads": 12}


def third(samples, number, name):
    """The median in the second (1) or the last third (2) of the samples, or None."""
    begin, end = (len(samples) * n // 3 for n in (number, number + 1))
    values = [s[name] for s in samples[begin:end] if s.get(name) is not None]
    return statistics.median(values) if values else None


def flatness(samples):
    """Rows: what, its second third, its last third, whether that is flat; what was not sampled in both is left out."""
    rows = []
    for held in HELD:
        before, after = third(samples, 1, held.name), third(samples, 2, held.name)
        if before is not None and after is not None:
            rows.append((held.title, before, after, after - before <= held.allowed(before)))
    return rows


def returned(before, after):
    """Rows: what, idle before, idle after, whether it came back."""
    titles = {held.name: held.title for held in HELD}
    return [(f"{titles[name]}, idle", before[name], after[name], after[name] <= before[name] + LEFT_BEHIND[name]) for name in RETURNING]
