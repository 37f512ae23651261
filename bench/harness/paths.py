"""Where things are."""

import pathlib

BENCH = pathlib.Path(__file__).resolve().parent.parent
ROOT = BENCH.parent
TOOLS = BENCH / "tools"
CANDIDATES = BENCH / "candidates"
TARGET = BENCH / "target"
LOGS = TARGET / "logs"
RESULTS = TARGET / "results"
