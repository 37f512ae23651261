"""What is measured: each an executable in bench/candidates with the sub-commands that the README lists."""

import os
import subprocess
import time
from dataclasses import dataclass

from .paths import CANDIDATES, LOGS
from .processes import free_port, stop, tree
from .tools import start_probe

FIRST = ["direct", "nginx", "midstream"]
BREAKING, PLAIN = "breaking-", "-plain"
INSTALL_PATIENCE = 1800
START_PATIENCE = 120


@dataclass(frozen=True)
class Route:
    """How one pair of protocols is asked for. `pair` may begin with `breaking-` and end in `-plain`."""

    pair: str
    path: str
    model: str
    headers: tuple = ()

    @property
    def client(self):
        return self.pair.removeprefix(BREAKING).split("-")[0]

    def arguments(self, mock_port):
        """For the load tool. A header may say MOCK_PORT where the mock's port belongs."""
        arguments = ["-A", self.client, "-U", self.path, "-M", self.model]
        for header in self.headers:
            arguments += ["-H", header.replace("MOCK_PORT", str(mock_port))]
        return arguments


def read_routes(text):
    routes = {}
    for line in text.splitlines():
        if line.strip():
            pair, path, model, *headers = line.split("\t")
            routes[pair] = Route(pair, path, model, tuple(headers))
    return routes


class Candidate:
    def __init__(self, name):
        self.name = name
        self.script = CANDIDATES / name
        self.version, self.missing, self.process, self.port, self.routes = "", None, None, None, {}
        self.deaths, self._began = 0, False

    def ask(self, command, patience=60):
        return subprocess.run([self.script, command], capture_output=True, text=True, timeout=patience)

    def install(self):
        """Sets `missing` to the reason if it cannot be had."""
        try:
            done = self.ask("install", INSTALL_PATIENCE)
            if done.returncode:
                return self._is_missing(done.stderr)
            self.version = self.ask("version").stdout.strip()
            self.routes = read_routes(self.ask("routes").stdout)
        except (OSError, subprocess.TimeoutExpired) as failure:
            self._is_missing(str(failure))

    def _is_missing(self, reason):
        lines = reason.strip().splitlines()
        self.missing = lines[-1].removeprefix("missing: ") if lines else "it could not be installed, and did not say why"

    @property
    def is_direct(self):
        return self.name == "direct"

    def start(self, mock, command="start"):
        """Starts it on a port of its own; the time at which its first answer came whole, less the time before the start."""
        if self.is_direct:
            self.port = mock.port
            return 0
        self.port = free_port()
        route = next(iter(self.routes.values()))
        probe = start_probe(["-p", self.port, "-n", 3, *route.arguments(mock.port)])
        began = time.monotonic_ns()
        self._spawn(command, mock)
        ended = self._first_answer(probe)
        if not ended:
            self.stop()
            raise RuntimeError(f"{self.name} did not answer: see {self.log_path}")
        return (ended - began) / 1e9

    @property
    def log_path(self):
        return LOGS / f"{self.name}.log"

    def _spawn(self, command, mock):
        LOGS.mkdir(parents=True, exist_ok=True)
        with open(self.log_path, "a" if self._began else "w") as log:
            log.write(f"-- {command}\n")
            log.flush()
            self._began = True
            self.process = subprocess.Popen([self.script, command, str(self.port), str(mock.port)],
                                            stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True)

    def _first_answer(self, probe):
        end = time.monotonic() + START_PATIENCE
        while probe.poll() is None and self.process.poll() is None and time.monotonic() < end:
            time.sleep(0.005)
        probe.kill()
        said, _ = probe.communicate()
        return int(said) if said.strip() else None

    def revive(self, mock):
        """Starts it again if it ended by itself, which is counted. One that cannot be started again stays away."""
        if self.is_direct or self.process and self.process.poll() is None:
            return
        if not self.process:
            raise RuntimeError(f"{self.name} is gone")
        self.deaths += 1
        self.stop()
        self.start(mock)

    def description(self):
        """Its version, and what has to be said of it."""
        if self.missing:
            return f"missing: {self.missing}"
        return self.version + (f" (ended by itself {self.deaths} times)" if self.deaths else "")

    def stop(self):
        if self.process:
            stop(self.process)
        self.process = None

    def pids(self, mock):
        """The processes to be measured, for the load tool."""
        root = mock.pid if self.is_direct else self.process.pid
        return ",".join(map(str, tree(root)))


def known():
    """The names of all there are, in the order in which they are shown."""
    names = [p.name for p in CANDIDATES.iterdir() if p.is_file() and os.access(p, os.X_OK)]
    return sorted(names, key=lambda n: (FIRST.index(n) if n in FIRST else len(FIRST), n))
