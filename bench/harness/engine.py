"""The engine alone, measured by JMH: bench/engine."""

import json
import subprocess

from .paths import BENCH, LOGS, RESULTS

SCRIPT = BENCH / "engine" / "run"
WHOLE = ["WholeBenchmark", "-p", "content=TEXT"]
PATIENCE = 1800


def measured():
    """What a text event costs, decoded, relayed and encoded: rows by pair."""
    before = set(RESULTS.glob("engine-*.json"))
    LOGS.mkdir(parents=True, exist_ok=True)
    log_path = LOGS / "engine.log"
    with open(log_path, "w") as log:
        done = subprocess.run([SCRIPT, *WHOLE], stdout=log, stderr=log, timeout=PATIENCE)
    new = sorted(set(RESULTS.glob("engine-*.json")) - before)
    if done.returncode or not new:
        raise RuntimeError(f"bench/engine/run failed: see {log_path}")
    return rows(json.loads(new[-1].read_text()))


def rows(measurements):
    """Of JMH's own JSON."""
    return [{"pair": m["params"]["pair"], "ns": m["primaryMetric"]["score"], "bytes": m["secondaryMetrics"]["gc.alloc.rate.norm"]["score"]}
            for m in measurements]
