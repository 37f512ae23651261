"""What a process holds, from time to time."""

import contextlib
import os
import pathlib
import re
import subprocess
import threading
import time

from .processes import tree

COLLECTING = 30  # seconds between two collections of the heap, at least


class Sampler:
    def __init__(self, pid):
        self.pid, self.samples = pid, []
        self._collected = None

    def sample(self):
        """Now. The heap is looked at when it has just been collected, now and then."""
        pids = tree(self.pid)
        return {"at": time.monotonic(), "rss_mb": sum(map(resident, pids)), "files": sum(map(open_files, pids)),
                "threads": sum(map(threads, pids))}

    @contextlib.contextmanager
    def every(self, seconds, on_sample):
        """Samples while the block runs."""
        done = threading.Event()
        thread = threading.Thread(target=self._run, args=(seconds, on_sample, done))
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()

    def _run(self, seconds, on_sample, done):
        patience = max(seconds, min(COLLECTING, seconds * 5))
        while not done.wait(seconds):
            sample = self.sample()
            if self._collected is None or sample["at"] - self._collected >= patience:
                self._collected = sample["at"]
                sample["heap_mb"] = live_heap(self.pid)
            self.samples.append(sample)
            on_sample(sample)


def _read(path):
    try:
        return pathlib.Path(path).read_text()
    except OSError:
        return ""


def resident(pid):
    """Megabytes."""
    pages = _read(f"/proc/{pid}/statm").split()
    return int(pages[1]) * os.sysconf("SC_PAGE_SIZE") / 1048576 if pages else 0


def open_files(pid):
    try:
        return len(os.listdir(f"/proc/{pid}/fd"))
    except OSError:
        return 0


def threads(pid):
    found = re.search(r"^Threads:\s*(\d+)", _read(f"/proc/{pid}/status"), re.MULTILINE)
    return int(found.group(1)) if found else 0


def live_heap(pid):
    """Megabytes of live objects, for which the heap is collected; None of what is no JVM, or has no jcmd beside it."""
    try:
        jcmd = pathlib.Path(os.readlink(f"/proc/{pid}/exe")).with_name("jcmd")
        said = subprocess.run([jcmd, str(pid), "GC.class_histogram"], capture_output=True, text=True, timeout=60, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    return total_megabytes(said)


def total_megabytes(histogram):
    """Of what jcmd says at the end of its histogram: the number of objects and of their bytes."""
    found = re.search(r"^Total\s+\d+\s+(\d+)\s*$", histogram, re.MULTILINE)
    return int(found.group(1)) / 1048576 if found else None
