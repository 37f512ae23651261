"""A provider that speaks Messages, Responses and Chat Completions, and breaks off on cue. See `script` for what is said.

The upstream model's name says what happens, or what stands in the path before `/v1`, as a fault and a place: `cut-text`. Faults: `cut` breaks the connection, `end` ends the
body cleanly without the terminal event, `stall` falls silent, `overloaded` reports an error inside the stream, `status` answers with
that status instead. Places: `begin` (nothing but the headers), `opening` (behind the protocol's first events), `thinking` and `text`
(in the middle of it), `incall` (inside the first call), `call` (behind the first complete call), `insecond` (inside the second), `report` (in the middle of the
text that follows the calls' results, and nowhere else).
`good` is well.
"""

import asyncio
import json

import script
from dialects import Chat, Messages, Refused, Responses
from kept import Kept
from loopback import Left, Loopback

DIALECTS = {dialect.path: dialect for dialect in (Messages, Responses, Chat)}
COMMAND = "echo ran >> log.txt"
LINES = ["one", "two"]
COUNT = 1234
# On which Anthropic's own tool loops send the whole history instead.
UNTHREADED = {"type": "error", "error": {"type": "invalid_request_error", "message": "Threads are not supported here.",
                                         "details": {"error_code": "thread_unsupported_request", "unsupported": ["model"]}}}
SILENCE = 60


def calls(tools):
    """Two calls of a function that appends a line, or one of whichever shell tool a coding agent has."""
    if "append_line" in tools:
        return [script.Part("call", json.dumps({"line": line}), "append_line") for line in LINES]
    if "Bash" in tools:
        return [script.Part("call", json.dumps({"command": COMMAND, "description": "Append a line to the log"}), "Bash")]
    if "exec_command" in tools:
        return [script.Part("call", json.dumps({"cmd": COMMAND}), "exec_command")]
    if "exec" not in tools:
        return []
    code = f"text(await tools.exec_command({json.dumps({'cmd': COMMAND})}));"
    free = tools["exec"]
    return [script.Part("call", code if free else json.dumps({"input": code}), "exec", tools.get("exec@"), free)]


class Provider:
    """Keeps what it was asked (`seen`: behaviour and body) and what it refused (`refused`) until `forget`."""

    def __init__(self):
        self.forget()
        self.kept = Kept()
        self.server = Loopback(self._handle)
        self.url = self.server.url

    def forget(self):
        self.seen, self.refused, self.strays = [], [], []

    async def _handle(self, request, response):
        behaviour, _, path = request.path.rpartition("/v1/")
        request.path = "/v1/" + path
        dialect = DIALECTS.get(request.path)
        if request.path == Messages.path + "/count_tokens":
            return await response.document(200, {"input_tokens": COUNT})
        if request.path.startswith(Responses.path + "/"):
            return await response.document(*self.kept.serve(request.method, request.path.removeprefix(Responses.path + "/")))
        if dialect is None or request.method != "POST":
            self.strays.append(f"{request.method} {request.target}")
            return await response.document(404, None)
        behaviour = behaviour.strip("/") or request.body["model"]
        self.seen.append((behaviour, request.body))
        await self._answer(dialect, behaviour, request, response)

    async def _answer(self, dialect, behaviour, request, response):
        fault, _, place = behaviour.partition("-")
        if fault == "status":
            return await response.document(int(place), dialect.refusal(f"As scripted: {place}.", int(place)))
        if request.body.get("thread"):
            return await response.document(400, UNTHREADED)
        try:
            body = self.kept.expanded(request.body)
            spoken = dialect(body, request.credential)
            turns = spoken.turns()
            if script.ASK_JSON in turns[-1].text and not spoken.schema:
                raise Refused("nothing says which JSON")
            parts = script.answer(turns, calls(spoken.tools()), spoken.thinks)
        except Refused as refusal:
            self.refused.append(refusal)
            return await response.document(400, dialect.refusal(str(refusal)))
        if not body.get("stream"):
            answer = spoken.whole(parts)
            self.kept.keep(body, answer)
            return await response.document(200, answer)
        if place == "report" and turns[-1].results:
            place = "text"
        await response.open_stream()
        if await self._play(parts, fault, place, spoken, response) and dialect is Responses:
            self.kept.keep(body, spoken.final())
        await response.end_stream()

    async def _play(self, parts, fault, place, spoken, response):
        """Whether all was said."""
        if place == "begin":
            return await self._break(fault, spoken, response)
        await spoken.begin(response)
        if place == "opening":
            return await self._break(fault, spoken, response)
        said = 0
        for part in parts:
            if not await self._say(part, place == {"call": ("incall", "insecond")[min(said, 1)]}.get(part.kind, part.kind), spoken):
                return await self._break(fault, spoken, response)
            said += part.kind == "call"
            if place == "call" and said == 1:
                return await self._break(fault, spoken, response)
        await spoken.finish(parts)
        return True

    @staticmethod
    async def _say(part, breaks, spoken):
        """Whether all of it was said; else half of it was."""
        await spoken.open(part)
        pieces = part.pieces()
        for piece in pieces[:len(pieces) // 2] if breaks else pieces:
            await spoken.delta(part, piece)
        if not breaks:
            await spoken.close(part)
        return not breaks

    @staticmethod
    async def _break(fault, spoken, response):
        if fault == "cut":
            raise Left
        if fault == "stall":
            await asyncio.sleep(SILENCE)
            raise Left
        if fault == "overloaded":
            await spoken.overloaded(response)
        return False
