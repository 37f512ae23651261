"""Drives a coding agent through two turns of a conversation: one that calls its shell tool, and the next one.

Whatever breaks in between: the command runs exactly once, each of the texts comes whole and once, and the conversation goes on.
"""

import pathlib
import subprocess
import tempfile
import time
import traceback

from gateway import Gateway
from provider import Provider
from script import ANNOUNCEMENT, ASK, ASK_AGAIN, ENCORE, REPORT

BREAKS = [f"{fault}-{place}" for fault in ("cut", "overloaded") for place in ("text", "thinking", "call")]
MODELS = {"messages": "anthropic/claude-opus-5-5", "responses": "openai/gpt-6-sol", "chat": "openai/gpt-4.1"}
# The call, the report on its result, the next turn's answer.
REQUESTS = 3
# How often the second provider is asked. Behind a complete call never: the turn ends there.
HELP = {"text": 3, "thinking": 3, "call": 0}
PATIENCE = 90


def parts(target):
    """The upstream's protocol, its behaviour, and the protocol of the one that goes on: of `messages-cut-text-to-chat`, or shorter."""
    first, _, other = target.partition("-to-")
    protocol, _, behaviour = first.partition("-")
    return protocol, behaviour, other or protocol


def crossing(*targets):
    return {target: target for target in targets}


def config(url, names=()):
    """Groups `<protocol>-<break>` and `<protocol>-good`; the former go on with the latter. `names` maps further groups to them."""
    groups = {f"{protocol}-{fault}": f"{protocol}-{fault}" for protocol in MODELS for fault in [*BREAKS, "good"]} | dict(names)
    models, fallbacks = [], []
    for name, target in groups.items():
        protocol, behaviour, other = parts(target)
        base = f"{url}/{behaviour}" + ("" if protocol == "messages" else "/v1")
        key = "second" if behaviour == "good" else "first"
        mode = "" if protocol == "messages" else f", model_info: {{mode: {protocol}}}"
        models.append(f"  - {{model_name: {name}, litellm_params: {{model: {MODELS[protocol]}, api_key: {key}, api_base: '{base}'}}{mode}}}")
        if behaviour != "good":
            fallbacks.append(f"{{{name}: [{other}-good]}}")
    return "\n".join(["model_list:", *models, "router_settings:", f"  fallbacks: [{', '.join(fallbacks)}]",
                      "  disable_cooldowns: true", ""])


def execute(command, folder, environment):
    """The standard output of the agent; raises with all that it said when it fails."""
    done = subprocess.run(command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=PATIENCE)
    if done.returncode != 0:
        raise AssertionError(f"exit code {done.returncode}\n{done.stdout[-3000:]}\n{done.stderr[-2000:]}")
    return done.stdout


def converse(agent, url, model, folder):
    (folder / "work").mkdir()
    log = folder / "work" / "log.txt"
    texts = agent(url, model, folder, f"Please {ASK}.", False)
    assert log.exists(), f"the command did not run: {texts}"
    assert log.read_text() == "ran\n", f"the command ran {log.read_text().count('ran')} times"
    assert texts == [ANNOUNCEMENT, REPORT], texts
    texts = agent(url, model, folder, f"Please {ASK_AGAIN}.", True)
    assert texts == [ENCORE], texts
    assert log.read_text() == "ran\n", "the command ran again in the next turn"


def each_was_asked_as_often_as_due(provider, behaviour):
    """The agents ask again by themselves when a turn fails, which would hide from us that it did."""
    asked = [model for model, _ in provider.seen]
    refusals = len(provider.refused)
    assert not [refusal for refusal in provider.refused if not refusal.history], f"refused: {provider.refused}"
    assert asked.count(behaviour) - refusals <= REQUESTS <= asked.count(behaviour), asked
    if behaviour != "good":
        assert asked.count("good") == HELP[behaviour.partition("-")[2]], asked


def check(provider, agent, url, model, behaviour):
    """None when all is well, else what is wrong. Away from any project whose instructions the agent might read."""
    provider.forget()
    with tempfile.TemporaryDirectory() as folder:
        try:
            converse(agent, url, model, pathlib.Path(folder))
            each_was_asked_as_often_as_due(provider, behaviour)
            return None
        except (AssertionError, subprocess.TimeoutExpired):
            return traceback.format_exc(limit=2)


def run(name, agent, here, protocols, names=()):
    """Exits with 0 when every conversation is well: first without a gateway, then each break over each of the protocols."""
    start, failed = time.monotonic(), 0
    provider = Provider()
    with Gateway(config(provider.url, names), pathlib.Path(here) / "target" / "gateway") as gateway:
        groups = {f"{protocol}-{fault}": fault for protocol in protocols for fault in ["good", *BREAKS]}
        groups |= {group: parts(target)[1] for group, target in dict(names).items()}
        cases = [(provider.url + "/good", "good", "good")] + [(gateway.url, group, behaviour) for group, behaviour in groups.items()]
        for url, model, behaviour in cases:
            problem = check(provider, agent, url, model, behaviour)
            if problem:
                failed += 1
                print(f"FAILED {name} {model}\n{problem}")
                print("requests:", [asked for asked, _ in provider.seen], "refused:", [str(r) for r in provider.refused])
    print(f"{name}: {len(cases) - failed} passed, {failed} failed, in {time.monotonic() - start:.0f} s")
    raise SystemExit(1 if failed else 0)
