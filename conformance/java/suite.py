"""LangChain4j and Spring AI read streams that break. A way is a protocol and how it is read: `chat-stream`, `chat-plain`, `chat-tools`."""

import os
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "shared"))

from provider import LINES  # noqa: E402
from script import ANNOUNCEMENT, ENCORE, REPORT, THOUGHT  # noqa: E402
from sdk_suite import PROTOCOLS, Case, run, thought  # noqa: E402

CLIENTS = {"langchain4j": PROTOCOLS, "spring": ["chat", "messages"]}
READINGS = ["stream", "plain", "tools"]

WHOLE = ["good", "cut-thinking", "cut-text", "end-text", "overloaded-text"]
CALLED = ["good", "cut-thinking", "cut-text", "cut-incall", "cut-call"]
TOOLS = ["good", "cut-thinking", "cut-text", "cut-call", "cut-report"]
LOST = ["cut-opening", "cut-text", "end-text", "overloaded-opening", "overloaded-text"]
WORDS = {"cut": "broke in the middle of the answer", "end": "ended its answer without saying", "overloaded": "Overloaded"}
STATUSES = {"status-400": {"InvalidRequestException", "BadRequestException"}, "status-429": {"RateLimitException"},
            "status-500": {"InternalServerException"}}

ENDS = {"langchain4j": ("STOP", "TOOL_EXECUTION"), "spring chat": ("STOP", "TOOL_CALLS"), "spring messages": ("end_turn", "tool_use")}


def end(case):
    protocol = case.way.split("-")[0]
    return ENDS.get(case.client, ENDS.get(f"{case.client} {protocol}"))[case.tool]


def whole(case, seen, asked):
    """The answer, once, however often it had to be gone on with."""
    well(case, seen)
    assert seen["text"] == ENCORE, seen["text"]
    assert not seen["calls"], seen["calls"]
    assert len(asked) == (1 if case.broken == "good" else 2), asked


def called(case, seen, asked):
    """Calls that are whole, each once; one where the stream broke behind it."""
    well(case, seen)
    assert seen["text"] == ANNOUNCEMENT, seen["text"]
    assert [input_["line"] for _, _, input_ in seen["calls"]] == LINES[:1 if case.broken == "cut-call" else 2], seen["calls"]
    assert len({id_ for id_, _, _ in seen["calls"]}) == len(seen["calls"]), seen["calls"]


def well(case, seen):
    assert not seen["error"], seen["error"]
    assert not seen["oddities"], seen["oddities"]
    assert len(seen["ids"]) == 1, seen["ids"]
    assert seen["finishes"] == [end(case)], seen["finishes"]
    assert case.client == "spring" or len(seen["usage"]) == 1 and seen["usage"][0] > 0, seen["usage"]
    thought(case, seen)
    if case.client == "langchain4j" and case.tool and case.way.startswith("messages"):  # Spring AI's streams hide it
        assert THOUGHT in seen["thinking"], seen["thinking"]


def ran_once(case, seen, asked):
    """The library itself ran the tool, each call once, and the conversation went on."""
    assert not seen["error"] and not seen["oddities"], seen
    assert seen["ran"] == LINES[:1 if case.broken == "cut-call" else 2], seen["ran"]
    assert seen["text"] == ANNOUNCEMENT + REPORT, seen["text"]


def lost(case, seen, asked):
    """The first upstream's own error is raised, and no answer is said to be complete, nor a tool run."""
    assert seen["error"], "nothing was raised: " + seen["text"]
    assert WORDS[case.broken.split("-")[0]] in seen["error"]["message"], seen["error"]
    assert ENCORE.startswith(seen["text"]) or ANNOUNCEMENT.startswith(seen["text"]), seen["text"]
    assert not seen["ran"] and not seen["calls"], seen
    assert end(case) not in seen["finishes"], seen["finishes"]
    if not completes_what_failed(case):
        assert not seen["finishes"] and not seen["oddities"], seen


def completes_what_failed(case):
    """LangChain4j's Chat Completions call onCompleteResponse behind onError, whatever ends the stream: without a finish reason."""
    return case.client == "langchain4j" and case.way == "chat-stream"


def refused(case, seen, asked):
    """The class of the first upstream's status, and its words."""
    status = case.group.split("-", 1)[1].removesuffix("-alone")
    assert seen["error"] and seen["error"]["class"] in STATUSES[status], seen["error"]
    assert seen["error"]["status"] == int(status[-3:]), seen["error"]
    assert "As scripted" in seen["error"]["message"] and not seen["text"], seen["error"]


def cases():
    return [case for client, protocols in CLIENTS.items() for protocol in protocols for upstream in PROTOCOLS
            for case in pair(client, protocol, upstream)]


def pair(client, protocol, upstream):
    stream, plain, tools = (f"{protocol}-{reading}" for reading in READINGS)
    return [*(Case(client, stream, f"{upstream}-{broken}", whole) for broken in WHOLE),
            *(Case(client, stream, f"{upstream}-{broken}", called, True) for broken in CALLED),
            *(Case(client, stream, f"{upstream}-{broken}-alone", lost) for broken in LOST),
            Case(client, stream, f"{upstream}-cut-incall-alone", lost, True),
            Case(client, stream, f"{upstream}-overloaded-text-lost", lost),
            *(Case(client, way, f"{upstream}-{status}-alone", refused) for status in STATUSES for way in (stream, plain)),
            *(Case(client, plain, f"{upstream}-{broken}", whole) for broken in ("good", "cut-text")),
            *(Case(client, plain, f"{upstream}-{broken}", called, True) for broken in ("good", "cut-text")),
            Case(client, plain, f"{upstream}-overloaded-text-alone", lost),
            Case(client, tools, f"{upstream}-cut-incall-alone", lost, True),
            *(Case(client, tools, f"{upstream}-{broken}", ran_once, True) for broken in TOOLS)]


WAYS = {client: [f"{protocol}-{reading}" for protocol in protocols for reading in READINGS] for client, protocols in CLIENTS.items()}
CLASSPATH = f"{HERE / 'target' / 'classes'}:{(HERE / 'target' / 'classpath').read_text()}"
JAVA = [os.path.join(os.environ["JAVA_HOME"], "bin", "java"), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", CLASSPATH]

run("java", [*JAVA, "dev.midstream.conformance.Driver"], HERE, WAYS, *sys.argv[1:2], table=cases)
