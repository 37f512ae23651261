"""The official SDKs for Node read streams that break."""

import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "shared"))

from sdk_suite import run  # noqa: E402

CLIENTS = {"chat": ["raw", "helper", "plain", "parsed", "turns"], "messages": ["raw", "helper", "plain", "parsed", "turns", "runner", "count"],
           "responses": ["raw", "helper", "plain", "parsed", "turns", "chain", "kept", "unknown"],
           "agents": ["responses", "unkept", "chat"], "vercel": ["responses", "messages", "chat"]}

run("node", ["node", str(HERE / "target" / "driver.mjs")], HERE, CLIENTS, *sys.argv[1:])
