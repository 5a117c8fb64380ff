# SPDX-License-Identifier: Apache-2.0
"""Processes that are watched through /proc, and all of them ended at the end."""

import os
import signal
import subprocess
import tempfile
import time

TICKS = os.sysconf("SC_CLK_TCK")
running = []


class Process:
    """A program that was started just now; stopped by stop_all() at the latest."""

    def __init__(self, command, environment=None, **popen):
        self.log = tempfile.TemporaryFile("w+")
        self.started = time.monotonic()
        self.popen = subprocess.Popen(
            command, env={**os.environ, **(environment or {})}, stderr=self.log, **{"stdout": self.log, **popen})
        self.pid = self.popen.pid
        running.append(self)

    def cpu(self):
        """CPU seconds used so far."""
        with open(f"/proc/{self.pid}/stat") as stat:
            fields = stat.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def memory(self):
        """Resident and proportional set size in MB."""
        sizes = {}
        with open(f"/proc/{self.pid}/smaps_rollup") as rollup:
            for line in rollup:
                words = line.split()
                if words[0] in ("Rss:", "Pss:"):
                    sizes[words[0]] = int(words[1]) * 1024 / 1e6
        return sizes["Rss:"], sizes["Pss:"]

    def check(self):
        if self.popen.poll() is not None:
            self.log.seek(0)
            raise RuntimeError(f"{self.popen.args[0]} ended with {self.popen.returncode}:\n{self.log.read()[-2000:]}")

    def stop(self):
        if self.popen.poll() is None:
            self.popen.send_signal(signal.SIGTERM)
            try:
                self.popen.wait(20)
            except subprocess.TimeoutExpired:
                self.popen.kill()
                self.popen.wait()
        self.log.close()
        running.remove(self)


def stop_all():
    for process in reversed(list(running)):
        process.stop()
