"""The mock and the load tool: built, started, run."""

import json
import subprocess
import time
import urllib.request

from .paths import LOGS, TARGET, TOOLS
from .processes import free_port, stop

MOCK, LOAD = TARGET / "bin" / "mock", TARGET / "bin" / "load"
FLAGS = ["-O2", "-std=gnu11", "-Wall", "-Wextra", "-pthread"]


def build():
    LOAD.parent.mkdir(parents=True, exist_ok=True)
    newest = max(path.stat().st_mtime for path in TOOLS.glob("*.[ch]"))
    for binary in (MOCK, LOAD):
        if not binary.exists() or binary.stat().st_mtime < newest:
            sources = sorted(TOOLS.glob(binary.name + "*.c"))
            subprocess.run(["cc", *FLAGS, "-o", binary, *sources], check=True)


class Mock:
    """The provider behind all candidates. It may close connections on which nothing was asked for so many seconds."""

    def __init__(self, longest_idle=0):
        self._longest_idle = longest_idle

    def __enter__(self):
        LOGS.mkdir(parents=True, exist_ok=True)
        self.port = free_port()
        with open(LOGS / "mock.log", "w") as log:
            self.process = subprocess.Popen([MOCK, str(self.port), "1", str(self._longest_idle)], stdout=log, stderr=log, start_new_session=True)
        self.pid = self.process.pid
        while True:
            try:
                self.counts()
                return self
            except OSError:
                if self.process.poll() is not None:
                    raise SystemExit(f"the mock did not start: see {LOGS / 'mock.log'}")
                time.sleep(0.01)

    def __exit__(self, *exc):
        stop(self.process)

    def check(self):
        """Without it nothing can be measured."""
        if self.process.poll() is not None:
            raise SystemExit(f"the mock ended by itself, with status {self.process.returncode}")

    def wait_until_idle(self, patience=30):
        """Until it writes no answer any more."""
        end = time.monotonic() + patience
        while self.counts()["active"] and time.monotonic() < end:
            time.sleep(0.05)

    def counts(self, anew=False):
        """What was counted since the start or the last time that it began anew."""
        url = f"http://127.0.0.1:{self.port}/" + ("reset" if anew else "stats")
        with urllib.request.urlopen(url, timeout=5) as answer:
            return json.load(answer)


def run_load(arguments, patience=180):
    """The load tool's line."""
    command = [str(LOAD), *(str(a) for a in arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=patience)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr.strip()}")
    return json.loads(done.stdout)


def start_probe(arguments):
    """Asks until one answer comes whole, and prints the monotonic clock then."""
    return subprocess.Popen([str(LOAD), "-S", *(str(a) for a in arguments)], stdout=subprocess.PIPE, text=True)
