# SPDX-License-Identifier: Apache-2.0
"""What bench/consumers measures, and how it prints it."""

import re
import time

from .figures import latency
from .processes import Process
from .programs import Highwater, cluster
from .report import head, number
from .scraping import Scraper, fetch, in_a_row
from .session import ROOT

WAYS = {"api": ["streams"], "monitoring": ["jsz"], "both": ["streams", "jsz"]}
PENDING = "nats_consumer_num_pending{"


def settings(lab, folder, way, interval):
    file = f"{folder}/password"
    with open(file, "w") as out:
        out.write(lab.password)
    lines = []
    if way != "monitoring":
        urls = ", ".join(f'"nats://127.0.0.1:{port}"' for port in lab.ports)
        lines += [f"servers: [ {urls} ]", f"user: {lab.user}", f"passwordFile: {file}"]
    if way != "api":
        ports = ", ".join(f'nats-{i + 1}: "http://127.0.0.1:{port}"' for i, port in enumerate(lab.monitoring))
        lines.append(f"monitoring: {{ {ports} }}")
    each = ", ".join(f"{collector}: {{ interval: {interval}s }}" for collector in WAYS[way])
    return [*lines, f"collectors: {{ {each} }}"]


def series(page, family, **labels):
    """The values of those of the family's series that have these labels."""
    lines = re.findall(rf"^{family}{{(.*)}} (\S+)$", page, re.MULTILINE)
    return [float(value) for of, value in lines if all(f'{key}="{label}"' in of for key, label in labels.items())]


class Durations:
    """How long collections took, as the agent says; a node at a time, since nodes are collected at the same time."""

    def __init__(self, page, collectors):
        self.sums = {c: series(page, "highwater_collection_duration_seconds_sum", collector=c) for c in collectors}
        self.counts = {c: series(page, "highwater_collection_duration_seconds_count", collector=c) for c in collectors}
        self.greatest = max(
            (max(series(page, "highwater_collection_duration_seconds_max", collector=c), default=0) for c in collectors))
        self.bad = sum(
            sum(series(page, "highwater_collections_total", collector=c))
            - sum(series(page, "highwater_collections_total", collector=c, outcome="collected")) for c in collectors)
        self.bad += sum(sum(series(page, "highwater_collections_skipped_total", collector=c)) for c in collectors)

    def mean_since(self, before):
        """Of the slowest node and collector."""
        means = []
        for collector, sums in self.sums.items():
            for i, total in enumerate(sums):
                count = self.counts[collector][i] - before.counts[collector][i]
                if count > 0:
                    means.append((total - before.sums[collector][i]) / count)
        return max(means)


def watch(lab, folder, count, way, options):
    """One agent, from its start over so many collections."""
    text = cluster("jetstream", {}, settings(lab, folder, way, options.interval), "bus")
    java_options = f"-Xmx{options.heap}" if options.heap else None
    with Highwater(ROOT, folder, [text], lambda page: page.count("\n" + PENDING) >= count, java_options) as program:
        started = program.start(limit=10 * options.interval)
        time.sleep(options.interval)
        program.check()
        port, process = program.ports[0], program.processes[0]
        before = Durations(fetch(port, timeout=60)[1], WAYS[way])
        cpu, servers_cpu, read = process.cpu(), lab.cpu(), bytes_read(process)
        time.sleep(options.rounds * options.interval)
        program.check()
        cpu, servers_cpu, read = process.cpu() - cpu, lab.cpu() - servers_cpu, bytes_read(process) - read
        page = fetch(port, timeout=60)[1]
        after = Durations(page, WAYS[way])
        return {
            "first_s": started, "mean_s": after.mean_since(before), "max_s": after.greatest, "bad": after.bad,
            "cpu_s": cpu / options.rounds, "servers_cpu_s": servers_cpu / options.rounds,
            "read_mb": read / options.rounds / 1e6, "rss_mb": program.memory()[0], "peak_mb": peak(process),
            "page_mb": len(page) / 1e6, "series": program.series(), "shown": page.count("\n" + PENDING),
            **scrapes(port, options)}


def scrapes(port, options):
    """Spread over half an interval each, so that some of them come while the agent collects."""
    figures = {}
    for form in "plain", "gzip":
        pause = options.interval / 2 / options.scrapes
        of = latency(in_a_row(port, options.scrapes, form == "gzip", pause))
        figures.update({f"{form}_p50_ms": of["p50_ms"], f"{form}_p99_ms": of["p99_ms"]})
    with Scraper(port, gzip=True) as scraper:
        scraper.scrape(keep=True)
        figures["gzip_kb"] = sum(map(len, scraper.body)) / 1e3
    return figures


def bytes_read(process: Process):
    """What its read(2) returned so far: sockets, and little else once it has started."""
    with open(f"/proc/{process.pid}/io") as file:
        return int(re.search(r"rchar: (\d+)", file.read()).group(1))


def peak(process: Process):
    """The most that was resident at a time, in MB."""
    with open(f"/proc/{process.pid}/status") as file:
        return int(re.search(r"VmHWM:\s+(\d+)", file.read()).group(1)) * 1024 / 1e6


def markdown(facts, options, results):
    lines = head(facts, ["machine", "java", "highwater", "nats-server"])
    heap = f", heap {options.heap}" if options.heap else ""
    lines += [
        f"| consumers in 50 streams, every {options.interval} s{heap} | watched over | first page, s | collection, s, mean"
        " | at most | late or failed | CPU, s | of the servers, s | read, MB | RSS, MB | at most |",
        "|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|"]
    for of in results:
        cells = [number(of[key]) for key in (
            "first_s", "mean_s", "max_s", "bad", "cpu_s", "servers_cpu_s", "read_mb", "rss_mb", "peak_mb")]
        lines.append(f"| {of['consumers']} | {of['way']} | {' | '.join(cells)} |")
    lines += [
        "", "| consumers | watched over | series | page, MB | as gzip, kB | plain p50, ms | p99 | gzip p50, ms | p99 |",
        "|--:|---|--:|--:|--:|--:|--:|--:|--:|"]
    for of in results:
        cells = [number(of[key]) for key in (
            "page_mb", "gzip_kb", "plain_p50_ms", "plain_p99_ms", "gzip_p50_ms", "gzip_p99_ms")]
        lines.append(f"| {of['consumers']} | {of['way']} | {of['series']} | {' | '.join(cells)} |")
    return "\n".join(lines)
