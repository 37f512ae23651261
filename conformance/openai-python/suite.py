"""The official OpenAI client for Python reads streams that break."""

import json
import pathlib
import sys
import traceback

import openai

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "shared"))

import provider  # noqa: E402
from configuration import FAULTS, TOOL_FAULTS, config  # noqa: E402
from gateway import Gateway  # noqa: E402

TOOLS = [{"type": "function", "function": {"name": "weather", "parameters": {"type": "object", "properties": {"city": {"type": "string"}}}}}]
ASK = [{"role": "user", "content": "Count."}]


def raw(client, model, **more):
    """What iteration gives: text, calls by index, finish reasons, usage figures, ids."""
    text, calls, finishes, usages, ids = "", {}, [], [], set()
    for chunk in client.chat.completions.create(model=model, messages=ASK, stream=True,
                                                stream_options={"include_usage": True}, **more):
        ids.add(chunk.id)
        if chunk.usage:
            usages.append(chunk.usage)
        for choice in chunk.choices:
            text += choice.delta.content or ""
            for call in choice.delta.tool_calls or []:
                known = calls.setdefault(call.index, {"id": "", "name": "", "arguments": ""})
                known["id"] += call.id or ""
                known["name"] += call.function.name or ""
                known["arguments"] += call.function.arguments or ""
            if choice.finish_reason:
                finishes.append(choice.finish_reason)
    return text, calls, finishes, usages, ids


def arrives_whole_by_iteration(client, model):
    text, _, finishes, usages, ids = raw(client, model)
    assert text == provider.ANSWER, text
    assert finishes == ["stop"], finishes
    assert len(usages) == 1 and usages[0].completion_tokens > 0, usages
    assert len(ids) == 1, ids


def arrives_whole_by_the_helper(client, model):
    with client.chat.completions.stream(model=model, messages=ASK, stream_options={"include_usage": True}) as stream:
        for _ in stream:
            pass
        completion = stream.get_final_completion()
    assert completion.choices[0].message.content == provider.ANSWER, completion
    assert completion.choices[0].message.role == "assistant"
    assert completion.choices[0].finish_reason == "stop"
    assert completion.usage is not None


def arrives_whole_in_one_piece(client, model):
    completion = client.chat.completions.create(model=model, messages=ASK)
    assert completion.choices[0].message.content == provider.ANSWER, completion
    assert completion.choices[0].finish_reason == "stop"


def calls_are_whole_and_once(client, model):
    _, calls, finishes, _, _ = raw(client, model, tools=TOOLS)
    got = [(c["id"], c["name"], json.loads(c["arguments"])) for _, c in sorted(calls.items())]
    due = [(id_, name, json.loads(arguments)) for id_, name, arguments in provider.CALLS]
    assert got and got == due[:len(got)], got
    assert len(got) == 2 or model == "tool-between", got
    assert finishes == ["tool_calls"], finishes


def the_true_error_is_raised_with_what_was_delivered(client):
    text = ""
    try:
        for chunk in client.chat.completions.create(
                model="alone-cut-20", messages=ASK, stream=True):
            text += chunk.choices[0].delta.content or ""
    except openai.APIError as e:
        assert text and provider.ANSWER.startswith(text), text
        assert e.body["midstream"]["delivered"] is True, e.body
        assert e.body["midstream"]["attempts"][0]["cause"] == "cut", e.body
        return
    raise AssertionError("no error was raised: " + text)


def a_429_stays_a_429(client):
    for stream in (True, False):
        try:
            client.chat.completions.create(
                model="alone-busy", messages=ASK, stream=stream)
        except openai.RateLimitError as e:
            assert e.code == "rate_limit_exceeded" and e.type == "tokens", e.body
            continue
        raise AssertionError("no error was raised")


def main():
    upstream = provider.start()
    passed, failed = 0, 0
    with Gateway(config(upstream.server_port), HERE / "target") as gateway:
        client = openai.OpenAI(base_url=gateway.url + "/v1", api_key="none", max_retries=0, timeout=30)
        cases = [(check, (client, fault)) for fault in FAULTS
                 for check in (arrives_whole_by_iteration, arrives_whole_by_the_helper, arrives_whole_in_one_piece)]
        cases += [(calls_are_whole_and_once, (client, fault)) for fault in TOOL_FAULTS]
        cases += [(the_true_error_is_raised_with_what_was_delivered, (client,)), (a_429_stays_a_429, (client,))]
        for check, arguments in cases:
            name = " ".join([check.__name__, *arguments[1:]])
            try:
                check(*arguments)
                passed += 1
            except Exception:
                failed += 1
                print("FAILED", name)
                traceback.print_exc()
    print(f"openai-python {openai.__version__}")
    print(f"{passed} passed, {failed} failed")
    raise SystemExit(1 if failed else 0)


main()
