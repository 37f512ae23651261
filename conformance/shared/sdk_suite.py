"""Drives the official SDKs of one language through every kind of break, and judges what they saw.

A case is a client's protocol and its way of reading, a model group, and what must be seen. The groups are named by the upstream's
protocol and its behaviour (see `provider`): `chat-cut-text` breaks off in the text and falls back on `chat-good`,
`chat-cut-text-alone` has nowhere to go, `chat-cut-text-lost` only where it gets worse, `chat-cut-text-to-messages` falls back on
another protocol, `chat-good-plainly` is asked for plain answers as the client asks. `both` is an upstream that serves chat and
Responses, each client by its own.
"""

import json
import pathlib
import re
import subprocess
import time
from collections import Counter
from dataclasses import dataclass

from gateway import Gateway
from provider import COUNT, LINES, Provider
from script import ANNOUNCEMENT, ASK, ASK_AGAIN, ASK_JSON, DOCUMENT, ENCORE, REPORT, THOUGHT

PROTOCOLS = ["chat", "messages", "responses"]
WAYS = ["raw", "helper", "plain"]
PATIENCE = 600

TEXT_BREAKS = ["good", "cut-begin", "cut-opening", "cut-thinking", "cut-text", "end-opening", "end-text", "overloaded-begin", "overloaded-opening",
               "overloaded-thinking", "overloaded-text", "stall-opening", "stall-text", "status-429", "status-500"]
CALL_BREAKS = ["good", "cut-thinking", "cut-text", "cut-incall", "cut-call", "cut-insecond", "overloaded-incall", "overloaded-call", "stall-incall"]
JSON_BREAKS = ["good", "cut-begin", "overloaded-opening", "cut-text"]
TURN_BREAKS = ["good", "cut-thinking", "cut-text", "overloaded-incall", "cut-call", "cut-report"]
PLAIN_BREAKS = ["good", "cut-begin", "cut-text", "cut-incall", "cut-call", "overloaded-text", "status-429"]
# With the words that the true error must have.
LOST = {"cut-begin": "", "cut-opening": "", "cut-text": "", "cut-incall": "", "end-text": "", "stall-text": "",
        "overloaded-opening": "Overloaded", "overloaded-text": "Overloaded"}
STATUSES = {"status-400": "BadRequestError", "status-404": "NotFoundError", "status-429": "RateLimitError", "status-500": "InternalServerError"}


@dataclass
class Case:
    client: str
    way: str
    group: str
    due: object
    tool: bool = False
    name: str = ""
    n: int = 0

    @property
    def broken(self):
        """The fault and the place, and where it goes on unless that is the same protocol."""
        return self.group.split("-", 1)[1].removesuffix("-plainly")

    def order(self):
        """What the driver is told. The number marks the requests that belong to it."""
        think = self.tool or "thinking" in self.group
        ask = ASK_JSON if self.way == "parsed" else ASK if self.tool else ASK_AGAIN
        return {"n": self.n, "client": self.client, "way": self.way, "model": self.group, "tool": self.tool, "think": think,
                "say": f"Please {ask}. (Case {self.n}.)", "again": f"Please {ASK_AGAIN}. (Case {self.n}.)"}


def whole(case, seen, asked):
    """The answer, once, however often it had to be gone on with."""
    healthy(seen)
    assert seen["text"] == ENCORE, seen["text"]
    assert seen["finishes"] == [{"chat": "stop", "messages": "end_turn", "responses": "completed"}[case.client]], seen["finishes"]
    assert not seen["calls"], seen["calls"]
    thought(case, seen)
    assert len(asked) == (1 if case.broken == "good" else 2), asked


def called(case, seen, asked):
    """Calls that are whole, each once; as many as there were when nothing more could be had."""
    healthy(seen)
    lines = [input_["line"] for _, _, input_ in seen["calls"]]
    assert lines == LINES[:1 if case.broken in ("cut-call", "overloaded-call", "cut-insecond") else 2], seen["calls"]
    assert all(name == "append_line" for _, name, _ in seen["calls"]), seen["calls"]
    assert len({id_ for id_, _, _ in seen["calls"]}) == len(lines), seen["calls"]
    assert seen["text"] == ANNOUNCEMENT, seen["text"]
    assert seen["finishes"] == [{"chat": "tool_calls", "messages": "tool_use", "responses": "completed"}[case.client]], seen["finishes"]
    thought(case, seen)
    if case.way in WAYS:
        alone = case.broken == "good" or len(lines) == 1
        assert len(asked) == (1 if alone else 2), asked


def reported(case, seen, asked):
    """That, and the conversation goes on with the calls' results."""
    called(case, seen, asked)
    assert seen["report"] == REPORT, seen["report"]


def parsed(case, seen, asked):
    """A document of the schema, read by the SDK. One that broke is asked for again, and goes on behind what had been delivered."""
    assert not seen["error"], seen["error"]
    assert seen["parsed"] == json.loads(DOCUMENT), seen["parsed"]


def gone_on(case, seen, asked):
    reported(case, seen, asked)
    assert seen["encore"] == ENCORE, seen["encore"]


def ran_once(case, seen, asked):
    """The SDK itself ran the tool, each call once, and the conversation went on."""
    assert not seen["error"], seen["error"]
    assert seen["ran"] == LINES[:1 if case.broken == "cut-call" else 2], seen["ran"]
    assert seen["report"] == REPORT, seen["report"]


def lost(case, seen, asked):
    """An error is raised, the first upstream's own, behind what had been delivered."""
    assert seen["error"], "nothing was raised: " + seen["text"]
    first = next(word for behaviour, word in LOST.items() if behaviour in case.broken)
    assert first in seen["error"]["message"], seen["error"]
    place = case.broken.split("-")[1]
    if case.way == "plain" or place in ("begin", "opening"):
        assert (seen["error"]["status"] or 0) >= 500 and not seen["text"], seen["error"]
    else:
        assert "Timeout" not in seen["error"]["class"] and "Connection" not in seen["error"]["class"], seen["error"]
        assert ENCORE.startswith(seen["text"]) or ANNOUNCEMENT.startswith(seen["text"]), seen["text"]
    if case.way == "raw":
        assert bool(seen["text"]) == (place in ("text", "incall")), seen["text"]
        assert seen["error"]["delivered"] == bool(seen["text"]), seen["error"]


def refused(case, seen, asked):
    """The class of the first upstream's status, and its words."""
    status = re.search(r"status-\d+", case.group).group()
    assert seen["error"] and seen["error"]["class"] == STATUSES[status], seen["error"]
    assert seen["error"]["status"] == int(status[-3:]), seen["error"]
    assert "As scripted" in seen["error"]["message"], seen["error"]
    assert seen["error"]["delivered"] is False and not seen["text"], seen["text"]
    if status == "status-429":
        assert "rate_limit" in f"{seen['error']['type']} {seen['error']['code']}", seen["error"]


def counted(case, seen, asked):
    assert not seen["error"], seen["error"]
    assert seen["count"] == COUNT if case.group.startswith("messages") else seen["count"] > 0, seen["count"]


def deleted(case, seen, asked):
    """All was well, until it was asked for after it had been deleted."""
    assert seen["error"] and seen["error"]["class"] == "NotFoundError", seen["error"]
    assert not seen["oddities"] and seen["text"] == ENCORE, seen


def not_found(case, seen, asked):
    assert seen["error"] and seen["error"]["class"] == "BadRequestError", seen["error"]
    assert not asked, asked


def healthy(seen):
    assert not seen["error"], seen["error"]
    assert not seen["oddities"], seen["oddities"]
    assert len(seen["ids"]) == 1, seen["ids"]
    assert len(seen["usage"]) == 1 and seen["usage"][0] > 0, seen["usage"]


def thought(case, seen):
    """Whole; where it was that which broke, its beginning may stand before it."""
    if "thinking" in case.group:
        begun, _, rest = seen["thinking"].rpartition(THOUGHT)
        assert not rest and THOUGHT.startswith(begun.rstrip()) or THOUGHT.startswith(seen["thinking"].rstrip()), seen["thinking"]
    elif case.tool or case.group.startswith("chat"):
        assert seen["thinking"] in (THOUGHT, ""), seen["thinking"]


def ways(broken):
    """Plain answers are assembled from the same streams, so that few breaks say all about them."""
    return WAYS if broken in PLAIN_BREAKS else WAYS[:2]


def cases():
    out = []
    for client in PROTOCOLS:
        for upstream in PROTOCOLS:
            out += [Case(client, way, f"{upstream}-{broken}", whole) for broken in TEXT_BREAKS for way in ways(broken)]
            out += [Case(client, "parsed", f"{upstream}-{broken}", parsed) for broken in JSON_BREAKS]
            out += [Case(client, way, f"{upstream}-{broken}", called, True) for broken in CALL_BREAKS for way in ways(broken)]
            out += [Case(client, "turns", f"{upstream}-{broken}", reported, True) for broken in TURN_BREAKS]
            out += [Case(client, way, f"{upstream}-{broken}-alone", lost, "call" in broken) for broken in LOST for way in ways(broken)]
            out += [Case(client, way, f"{upstream}-{broken}-alone", refused) for broken in STATUSES for way in WAYS]
            out += [Case(client, way, f"{upstream}-overloaded-text-lost", lost) for way in WAYS]
            out += [Case(client, way, f"{upstream}-cut-text-to-{other}", whole) for other in PROTOCOLS if other != upstream for way in WAYS[:2]]
            out += [Case(client, "turns", f"{upstream}-{broken}-to-{other}", reported, True)
                    for other in PROTOCOLS if other != upstream for broken in ("cut-thinking", "cut-text", "cut-report")]
            out += [Case(client, "plain", f"{upstream}-good-plainly", whole), Case(client, "plain", f"{upstream}-good-plainly", called, True),
                    Case(client, "plain", f"{upstream}-status-429-plainly", whole)]
        out += [Case(client, way, f"both-{broken}", whole) for broken in ("good", "cut-text") for way in WAYS]
        out += [Case(client, "turns", f"both-{broken}", reported, True) for broken in TURN_BREAKS]
    for upstream in [*PROTOCOLS, "both"]:
        out += [Case("responses", "chain", f"{upstream}-{broken}", gone_on, True) for broken in TURN_BREAKS]
        out += [Case("responses", "chain", f"{upstream}-{broken}-to-{other}", gone_on, True)
                for other in PROTOCOLS if other != upstream for broken in ("cut-text", "cut-report")]
        out += [Case("responses", "kept", f"{upstream}-{broken}", deleted) for broken in ("good", "cut-text")]
        out += [Case("responses", "unknown", f"{upstream}-good", not_found), Case("messages", "count", f"{upstream}-good", counted)]
        loops = [("messages", "runner"), ("agents", "responses"), ("agents", "unkept"), ("agents", "chat"), ("vercel", "chat"), ("vercel", "messages"),
                 ("vercel", "responses")]
        out += [Case(client, way, f"{upstream}-{broken}", ran_once, True) for broken in TURN_BREAKS for client, way in loops]
    return out


def config(url, groups):
    models, fallbacks = [], {}
    for group in sorted(groups | {f"{protocol}-good" for protocol in [*PROTOCOLS, "both"]} | {f"{protocol}-cut-begin-alone" for protocol in PROTOCOLS}):
        protocol, fault, *place = group.split("-")
        parameters = {"model": f"{'anthropic' if protocol == 'messages' else 'openai'}/{'-'.join([fault, *place[:1]])}", "api_key": "none",
                      "api_base": url if protocol == "messages" else url + "/v1"}
        if place[1:] in (["alone"], ["lost"]):
            parameters["num_retries"] = 0
        if place[1:] == ["lost"]:
            fallbacks[group] = f"{protocol}-cut-begin-alone"
        elif place[1:] != ["alone"] and fault != "good":
            fallbacks[group] = (place[2] if place[1:2] == ["to"] else protocol) + "-good"
        if fault == "stall":
            parameters["idle_timeout"] = parameters["first_token_timeout"] = 1
        info = {"mode": protocol} if protocol in ("chat", "responses") else {}
        if group.endswith("-plainly"):
            info["non_streaming"] = "plain"
        models.append("  - " + json.dumps({"model_name": group, "litellm_params": parameters, "model_info": info}))
    return "\n".join(["model_list:", *models, "router_settings:", "  disable_cooldowns: true",
                      "  fallbacks: " + json.dumps([{group: [other]} for group, other in fallbacks.items()]), ""])


def drive(driver, url, chosen):
    """What was seen of each case, by number."""
    orders = "".join(json.dumps(case.order()) + "\n" for case in chosen)
    done = subprocess.run([*driver, url], input=orders, stdout=subprocess.PIPE, text=True, timeout=PATIENCE)
    seen = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    return {one["n"]: one for one in seen}


def asked_for(case, provider):
    mark = f"(Case {case.n}.)"
    return [model for model, body in provider.seen if mark in json.dumps(body)]


def judged(case, seen, provider):
    """What is wrong, None when nothing is."""
    if seen is None:
        return "nothing was seen"
    asked = asked_for(case, provider)
    try:
        case.due(case, seen, asked)
    except AssertionError as wrong:
        return f"{wrong}\n    asked: {asked}\n    error: {seen['error']}"
    return None


def run(name, driver, here, clients, pattern="", table=cases):
    """Exits with 0 when all is well. `clients` are those that the driver has; only cases that match `pattern` are run."""
    start, provider = time.monotonic(), Provider()
    every = table()
    for n, case in enumerate(every):
        case.n = n
    chosen = [case for case in every if case.client in clients and case.way in clients[case.client]
              and re.search(pattern, f"{case.client} {case.way} {case.group}")]
    with Gateway(config(provider.url, {case.group for case in chosen}), pathlib.Path(here) / "target") as gateway:
        seen = drive(driver, gateway.url, chosen)
    failed = Counter()
    for case in chosen:
        wrong = judged(case, seen.get(case.n), provider)
        if wrong:
            failed[case.client] += 1
            print(f"FAILED {case.client} {case.way} {case.due.__name__} {case.group}: {wrong}")
    for refusal in provider.refused:
        if not refusal.history:
            failed["provider"] += 1
            print(f"FAILED a request that the provider does not take: {refusal}")
    print(f"{name}: {len(chosen) - sum(failed.values())} passed, {sum(failed.values())} failed, in {time.monotonic() - start:.0f} s")
    raise SystemExit(1 if failed else 0)
