"""All that one run found, saved and read again."""

import json
import pathlib
import time

from .figures import Figures
from .paths import RESULTS


class Results:
    def __init__(self, machine, command, candidates=()):
        self.machine, self.command, self.candidates = machine, command, dict(candidates)
        self.windows, self.memory, self.starts, self.breaks, self.engine = [], [], [], [], []

    @property
    def figures(self):
        return Figures(self.windows)

    def found_something(self):
        return bool(self.windows or self.memory or self.starts or self.breaks or self.engine)

    def save(self, tables):
        """Writes both files and returns the path of the tables."""
        RESULTS.mkdir(parents=True, exist_ok=True)
        path = RESULTS / time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
        path.with_suffix(".json").write_text(json.dumps(vars(self), indent=1) + "\n")
        path.with_suffix(".md").write_text(tables)
        return path.with_suffix(".md")


def read(path):
    saved = json.loads(pathlib.Path(path).read_text())
    results = Results(saved["machine"], saved["command"], saved["candidates"])
    for name in ("windows", "memory", "starts", "breaks", "engine"):
        setattr(results, name, saved.get(name, []))
    return results
