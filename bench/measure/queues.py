# SPDX-License-Identifier: Apache-2.0
"""What bench/queues measures, and how it prints it."""

import re
import socket
import subprocess
import time
from statistics import median

from .consumers import bytes_read, series
from .figures import quantile
from .processes import Process
from .programs import Highwater, cluster
from .report import head, number
from .scraping import fetch
from .session import ROOT

DEEP = "deep"
LIBRARY = f"{ROOT}/.tools/bin/bullmq-6"
WAYS = {
    "metrics": "BullMQ's exportPrometheusMetrics(), one queue after the other",
    "together": "the same, all queues at once",
    "counts": "BullMQ's getJobCounts(), one queue after the other",
    "commands": "a plain client, one command after the other",
}


class Redis:
    """What the server itself counts, on a connection that stays."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), 10)
        self.file = self.socket.makefile("rb")

    def info(self, section):
        self.socket.sendall(f"INFO {section}\r\n".encode())
        length = int(self.file.readline()[1:])
        return self.file.read(length + 2).decode()

    def work(self):
        """Commands, those in scripts among them and INFO not, and seconds of CPU."""
        calls = re.findall(r"cmdstat_(\S+?):calls=(\d+)", self.info("commandstats"))
        cpu = re.findall(r"used_cpu_(?:sys|user):(\S+)", self.info("cpu"))
        return sum(int(count) for name, count in calls if name != "info"), sum(map(float, cpu))


class Work:
    """What collections cost that are made in between."""

    def __init__(self, redis, process):
        self.redis = redis
        self.process = process
        self.before = self.now()

    def now(self):
        return *self.redis.work(), self.process.cpu(), bytes_read(self.process)

    def each(self, collections):
        commands, server, own, read = (
            (after - before) / collections for before, after in zip(self.before, self.now()))
        return {"commands": commands, "redis_cpu_ms": server * 1e3, "cpu_ms": own * 1e3, "read_kb": read / 1e3}


def highwater(folder, redis, port, queues, options):
    """Collections two times a second; its CPU is that of all the agent does meanwhile."""
    wanted = f"queues: [ {DEEP} ]" if queues == [DEEP] else f"ignore: [ {DEEP} ]"
    settings = [f'redis: {{ nodes: {{ redis-1: "127.0.0.1:{port}" }} }}', wanted,
                "collectors: { state: { interval: 500ms } }"]
    text = cluster("bullmq", {}, settings, "jobs")

    def complete(page):
        return page.count("\nbullmq_queue_paused{") == len(queues)

    with Highwater(ROOT, folder, [text], complete, f"-Xmx{options.heap}") as program:
        program.start()
        page, process = program.ports[0], program.processes[0]
        time.sleep(options.warm)
        before = collections(page)
        work = Work(redis, process)
        time.sleep(options.collections / 2)
        of = work.each(collections(page)[0] - before[0])
        seconds = durations(page, options.collections)
        program.check()
        told = re.findall(r"^(?:bullmq|ha_backlog)_.*[\":](?:q-|deep).*$", fetch(page)[1], re.MULTILINE)
        return {**of, "seconds": seconds, "trips": 2, "series": len(told) / len(queues),
                "rss_mb": program.memory()[0]}


def collections(port):
    """How many the agent has made, and how many seconds they took together."""
    text = fetch(port, "/metrics?name[]=highwater_collection_duration_seconds")[1]
    return [series(text, f"highwater_collection_duration_seconds_{of}", component="bullmq", collector="state")[0]
            for of in ("count", "sum")]


def durations(port, wanted):
    """Seconds of so many collections, one at a time as the sum grows."""
    seconds = []
    count, total = collections(port)
    while len(seconds) < wanted:
        time.sleep(0.05)
        new_count, new_total = collections(port)
        if new_count > count:
            seconds += [(new_total - total) / (new_count - count)] * round(new_count - count)
            count, total = new_count, new_total
    return seconds


def naive(way, redis, port, queues, options):
    """Collections one after the other, without a pause."""
    process = Process(["node", f"{ROOT}/bench/measure/counts.mjs", LIBRARY, str(port), way, *queues],
                      stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def say():
        line = process.popen.stdout.readline()
        if not line:
            process.popen.wait()
            process.check()
        return line

    def collect():
        process.popen.stdin.write("\n")
        process.popen.stdin.flush()
        return float(say()) / 1e3

    say()
    begun = time.monotonic()
    while time.monotonic() - begun < options.warm / 2:  # more collections than the agent makes in all of it
        collect()
    work = Work(redis, process)
    seconds = [collect() for _ in range(options.collections)]
    of = work.each(len(seconds))
    rss = process.memory()[0]
    process.stop()
    return {**of, "seconds": seconds, "trips": trips(way, len(queues)), "rss_mb": rss}


def trips(way, queues):
    """Waits for an answer before the next question, by how the libraries are written."""
    return {"metrics": 2 * queues, "together": 2, "counts": queues, "commands": 8 * queues}[way]


def summary(runs):
    """Quantiles of all collections; medians over the runs of what is one number of each."""
    seconds = [second for run in runs for second in run["seconds"]]
    figures = {key: median([run[key] for run in runs]) for key in runs[0] if key != "seconds"}
    return {**figures, "p50_ms": median(seconds) * 1e3, "p99_ms": quantile(seconds, 0.99) * 1e3, "runs": runs}


def measure(lab, folder, options, say):
    """All ways in turns, so that a slow minute of the machine hits all."""
    port = lab.ports[0]
    redis = Redis(port)
    results = {}
    for title, queues in {"many": [f"q-{i}" for i in range(options.queues)], "deep": [DEEP]}.items():
        ways = list(WAYS) if title == "many" else ["metrics", "commands"]
        runs = {way: [] for way in ["highwater", *ways]}
        for turn in range(options.rounds):
            for way in runs:
                say(f"{title} {turn + 1}/{options.rounds}: {way} …")
                runs[way].append(highwater(folder, redis, port, queues, options) if way == "highwater"
                                 else naive(way, redis, port, queues, options))
        results[title] = {way: summary(of) for way, of in runs.items()}
    return results


def markdown(facts, lab, options, results):
    lines = head(facts, ["machine", "java", "node", "bullmq", "highwater", "redis"])
    titles = {
        "many": f"{options.queues} queues with {lab.waiting} waiting and {lab.delayed} delayed jobs each",
        "deep": f"one queue with {lab.deep:,} waiting jobs"}
    for name, of_ways in results.items():
        lines += [
            f"| {titles[name]}; a collection, {options.rounds} × {options.collections} | round trips"
            " | commands in Redis | median, ms | p99, ms | its CPU, ms | Redis' CPU, ms | read, kB | RSS, MB |",
            "|---|--:|--:|--:|--:|--:|--:|--:|--:|"]
        for way, of in of_ways.items():
            label = f"highwater, {of['series']:.0f} series a queue" if way == "highwater" else WAYS[way]
            label = label if name == "many" else label.split(", one ")[0]
            cells = [number(of[key]) for key in (
                "commands", "p50_ms", "p99_ms", "cpu_ms", "redis_cpu_ms", "read_kb", "rss_mb")]
            lines.append(f"| {label} | {of['trips']:.0f} | {' | '.join(cells)} |")
        lines.append("")
    return "\n".join(lines)
