"""What the scripted model says, whatever the protocol: a turn that calls a tool, the report on its result, another plain answer.

Which of them is due is read from the conversation. When its last turn is a user's who quotes the end of the assistant's turn
before it, the model repeats what is quoted and goes on from there, as it was asked to.
"""

from dataclasses import dataclass, field

ASK = "APPEND-A-LINE"
ASK_AGAIN = "SAY-IT-AGAIN"
ASK_JSON = "SAY-IT-IN-JSON"

ANNOUNCEMENT = ("I am going to append one line to the log file in this folder with a single shell command, "
                "and when it has run I will tell you what the file says after that.")
REPORT = ("The command has run and the log file has one more line now. Nothing else in the folder was touched, "
          "no error was printed, and there is nothing left to do for this request.")
ENCORE = ("Once more in other words: exactly one line was added to the log by one command, the rest of the folder "
          "stayed as it was, and you may check that by reading the file yourself.")
THOUGHT = ("The request is simple enough to be served in one step, but let me consider what could go wrong with it "
           "before anything is done, because doing it twice would be worse than not doing it at all.")

DOCUMENT = ('{"summary": "one line was added to the log by one command, and nothing else in the folder was touched", '
            '"lines": ["ran", "and it may well be that another line with the words {\\"ran\\"} follows some day"], "count": 1}')

# Half of the smallest anchor that a quotation is made of.
SURELY_QUOTED = 15


@dataclass
class Turn:
    """One side's words and tool traffic between two changes of side; system turns are left out."""
    role: str
    text: str = ""
    calls: list = field(default_factory=list)
    results: list = field(default_factory=list)


@dataclass
class Part:
    """Something to say: of kind `thinking` or `text` with a text, of kind `call` with the tool's name and its input."""
    kind: str
    text: str
    name: str = ""
    namespace: str = None
    custom: bool = False

    def pieces(self):
        if self.kind == "call":
            return [self.text[i:i + 9] for i in range(0, len(self.text), 9)]
        first, *others = self.text.split(" ")
        return [first, *(" " + word for word in others)]


def merged(turns):
    """With turns of the same side in one."""
    out = []
    for turn in turns:
        if out and out[-1].role == turn.role:
            last = out[-1]
            out[-1] = Turn(turn.role, last.text + turn.text, last.calls + turn.calls, last.results + turn.results)
        else:
            out.append(turn)
    return out


def answer(turns, calls, thinks):
    """The parts that are due after these turns; `calls` are the tool calls of the turn that has some."""
    turns = merged(turns)
    thought = [Part("thinking", THOUGHT)] if thinks else []
    rest = continuation(turns, calls)
    return thought + (due(turns, calls) if rest is None else rest)


def due(turns, calls):
    last = turns[-1]
    if last.results:
        return [Part("text", REPORT)]
    asked = max((ASK_AGAIN, ASK, ASK_JSON), key=last.text.rfind)
    if asked == ASK:
        return [Part("text", ANNOUNCEMENT), *calls]
    return [Part("text", DOCUMENT if asked == ASK_JSON else ENCORE)]


def continuation(turns, calls):
    """What is left of an answer that broke off, the quoted words first; None when nobody asks for that."""
    if len(turns) < 3 or turns[-1].role != "user" or turns[-2].role != "assistant" or turns[-2].calls:
        return None
    delivered, prompt = turns[-2].text, turns[-1].text
    whole, *others = due(turns[:-2], calls)
    if not delivered.strip() or not whole.text.startswith(delivered.rstrip()):
        return None
    for start in range(max(1, len(delivered) - SURELY_QUOTED)):
        quoted = delivered[start:].strip()
        if quoted in prompt:
            return [Part("text", quoted + whole.text[len(delivered.rstrip()):]), *others]
    return None
