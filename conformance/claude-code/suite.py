"""Claude Code, run non-interactively, talks to providers that break."""

import json
import os
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "shared"))

from agent_suite import crossing, execute, run  # noqa: E402

CLAUDE = HERE / "target" / "node_modules" / "@anthropic-ai" / "claude-code" / "cli-wrapper.cjs"


def claude(url, model, folder, prompt, resume):
    """The texts of the turn. Its own home, nothing but the conversation on the network, and no retries of its own to hide ours."""
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(folder), "ANTHROPIC_BASE_URL": url, "ANTHROPIC_AUTH_TOKEN": "none", "ANTHROPIC_MODEL": model,
        "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1", "DISABLE_AUTOUPDATER": "1", "DISABLE_TELEMETRY": "1",
        "DISABLE_ERROR_REPORTING": "1", "CLAUDE_CODE_MAX_RETRIES": "0",
        "CLAUDE_CODE_DISABLE_NONSTREAMING_FALLBACK": "1"}
    command = ["node", str(CLAUDE), "-p", prompt, "--output-format", "stream-json", "--verbose", "--allowedTools", "Bash",
               *(["--continue"] if resume else [])]
    events = [json.loads(line) for line in execute(command, folder / "work", environment).splitlines() if line.startswith("{")]
    result = events[-1]
    assert result["type"] == "result" and result["subtype"] == "success" and not result["is_error"], result
    blocks = [block for event in events if event["type"] == "assistant" for block in event["message"]["content"]]
    texts = [block["text"] for block in blocks if block["type"] == "text"]
    assert result["result"] == texts[-1], result["result"]
    return texts


# What it sends depends on the model's name: a thinking budget, or adaptive thinking and system messages in the conversation.
NAMES = {"claude-sonnet-4-5": "messages-cut-thinking", "claude-opus-4-6": "messages-overloaded-text", "claude-opus-5-5": "messages-cut-text"}
CROSSING = crossing("messages-cut-text-to-responses", "messages-cut-thinking-to-chat", "responses-cut-thinking-to-messages")

run("claude-code", claude, HERE, ["messages", "chat", "responses"], NAMES | CROSSING)
