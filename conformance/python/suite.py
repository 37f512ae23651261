"""The official SDKs for Python read streams that break. Needs nothing itself; what it drives runs in target/venv."""

import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "shared"))

from sdk_suite import run  # noqa: E402

CLIENTS = {"chat": ["raw", "helper", "plain", "parsed", "turns"], "messages": ["raw", "helper", "plain", "parsed", "turns", "runner", "count"],
           "responses": ["raw", "helper", "plain", "parsed", "turns", "chain", "kept", "unknown"], "agents": ["responses", "unkept", "chat"]}

run("python", [str(HERE / "target" / "venv" / "bin" / "python"), str(HERE / "driver.py")], HERE, CLIENTS, *sys.argv[1:])
