"""Drives the Node client through the streams of the Python suite's provider and checks what it saw."""

import json
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "openai-python"), str(HERE.parent / "shared")]

import provider  # noqa: E402
from configuration import FAULTS, TOOL_FAULTS, config  # noqa: E402
from gateway import Gateway  # noqa: E402


def problem(seen):
    """What is wrong with what was seen of a model, None if nothing is."""
    model, raw = seen["model"], seen["raw"]
    if model == "alone-cut-20":
        honest = raw["error"] and raw["error"]["delivered"] is True and provider.ANSWER.startswith(raw["text"]) and raw["text"]
        return None if honest else raw
    if model == "alone-busy":
        return None if raw["error"] and raw["error"]["status"] == 429 else raw
    if raw["error"] or raw["ids"] != 1 or raw["usages"] != 1 or len(raw["finishes"]) != 1:
        return raw
    if model.startswith("tool-"):
        due = [list(call) for call in provider.CALLS]
        calls = [[i, n, a] for i, n, a in seen["helper"]["calls"]]
        return None if calls and calls == due[:len(calls)] and seen["helper"]["finish"] == "tool_calls" else seen
    whole = raw["text"] == seen["helper"]["text"] == provider.ANSWER and seen["helper"]["finish"] == "stop"
    return None if whole else seen


def main():
    upstream = provider.start()
    models = [*FAULTS, *TOOL_FAULTS, "alone-cut-20", "alone-busy"]
    passed, failed = 0, 0
    with Gateway(config(upstream.server_port), HERE / "target") as gateway:
        command = ["node", "client.mjs", gateway.url + "/v1", *models]
        lines = subprocess.run(command, cwd=HERE, stdout=subprocess.PIPE, text=True, timeout=120).stdout.splitlines()
    seen = {s["model"]: s for s in map(json.loads, lines)}
    for model in models:
        wrong = problem(seen[model]) if model in seen else "nothing was seen"
        if wrong is None:
            passed += 1
        else:
            failed += 1
            print("FAILED", model, wrong)
    print(f"{passed} passed, {failed} failed")
    raise SystemExit(1 if failed else 0)


main()
