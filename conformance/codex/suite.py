"""Codex, run non-interactively, talks to providers that break."""

import json
import os
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "shared"))

from agent_suite import crossing, execute, run  # noqa: E402

CODEX = HERE / "target" / "node_modules" / ".bin" / "codex"


def settings(url, model):
    """No retries of its own, so that what is seen is the gateway's doing."""
    return f"""model = "{model}"
model_provider = "midstream"
model_reasoning_effort = "medium"
model_reasoning_summary = "auto"
[model_providers.midstream]
name = "midstream"
base_url = "{url}/v1"
env_key = "MIDSTREAM_KEY"
wire_api = "responses"
request_max_retries = 0
stream_max_retries = 0
"""


def codex(url, model, folder, prompt, resume):
    """The texts of the turn."""
    home = folder / "home"
    home.mkdir(exist_ok=True)
    (home / "config.toml").write_text(settings(url, model))
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "CODEX_HOME": str(home), "MIDSTREAM_KEY": "none"}
    command = [str(CODEX), "exec", *(["resume", "--last"] if resume else []), "--json", "--skip-git-repo-check",
               "--dangerously-bypass-approvals-and-sandbox", prompt]
    events = [json.loads(line) for line in execute(command, folder / "work", environment).splitlines() if line.startswith("{")]
    assert events[-1]["type"] == "turn.completed", events[-1]
    items = [event["item"] for event in events if event["type"] == "item.completed"]
    return [item["text"] for item in items if item["type"] == "agent_message"]


# What it declares depends on the model's name: functions; free-form tools too; all tools in an item of the input.
NAMES = {"gpt-5.5": "responses-cut-text", "gpt-6.1-sol": "responses-cut-call", "gpt-6-sol": "responses-overloaded-thinking",
         "gpt-6-luna": "messages-cut-call", "gpt-6-astra": "chat-cut-text"}

CROSSING = crossing("responses-cut-text-to-messages", "responses-cut-thinking-to-chat", "messages-cut-thinking-to-responses")

run("codex", codex, HERE, ["responses", "messages", "chat"], NAMES | CROSSING)
