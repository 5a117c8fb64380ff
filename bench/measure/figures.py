# SPDX-License-Identifier: Apache-2.0
"""What is measured. Each function returns a plain dictionary of numbers, which goes to the JSON as it is."""

import math
import time
from statistics import median

from .programs import Highwater, cluster, lines
from .scraping import Scraper, at_once, every_second, fetch, in_a_row

GIVE_UP = 10  # seconds: Prometheus' default scrape_timeout


def quantile(values, q):
    """The smallest value that is not below a share q of all."""
    return sorted(values)[max(0, math.ceil(q * len(values)) - 1)]


def latency(seconds):
    return {"count": len(seconds), "p50_ms": quantile(seconds, 0.5) * 1e3, "p99_ms": quantile(seconds, 0.99) * 1e3}


def medians(runs):
    """The median of each number over several runs."""
    return {key: median([run[key] for run in runs]) for key in runs[0]}


class Bench:
    """Where everything is, and how the programs are started."""

    def __init__(self, root, folder, lab, backend, options):
        self.root = root
        self.folder = folder
        self.lab = lab
        self.backend = backend
        self.options = options
        self.login = backend.login(lab, folder)

    def cluster(self, name="orders-db", settings=(), more=()):
        nodes = {**self.backend.nodes(self.lab), **dict(more)}
        return cluster(self.backend.component, nodes, [*self.login, *settings], name)

    def highwater(self, *clusters):
        return Highwater(self.root, self.folder, clusters or [self.cluster()], self.backend.complete)

    def fresh_highwater(self):
        """Every collector at one-second intervals."""
        every = ", ".join(f"{name}: {{ interval: 1s }}" for name in self.backend.collectors)
        return self.highwater(self.cluster(settings=[f"collectors: {{ {every} }}"]))

    def other(self):
        return self.backend.other(self.root, self.lab)

    # ---- what a start, a scrape and doing nothing cost ----------------------------------------------------------

    def ordinary(self, start):
        with start() as program:
            started = program.start()
            start_cpu = program.cpu()
            time.sleep(self.options.settle)
            rss, pss = program.memory()
            idle = self.idle(program)
            before = program.cpu()
            seconds = [in_a_row(port, self.options.scrapes) for port in program.ports]
            cpu = program.cpu() - before
            rss_after, pss_after = program.memory()
            both = [sum(each) for each in zip(*seconds)]
            return {
                "start_s": started, "start_cpu_s": start_cpu, "rss_idle_mb": rss, "pss_idle_mb": pss,
                "rss_after_mb": rss_after, "pss_after_mb": pss_after, "idle_ms_per_s": idle,
                "cpu_s_per_100_scrapes": cpu * 100 / self.options.scrapes,
                "p50_ms": quantile(both, 0.5) * 1e3, "p99_ms": quantile(both, 0.99) * 1e3,
                "series": program.series(), "page_kb": program.size() / 1e3}

    def idle(self, program):
        before = program.cpu()
        time.sleep(self.options.idle)
        return (program.cpu() - before) * 1e3 / self.options.idle

    # ---- CPU when what is seen is a second old at most --------------------------------------------------------------

    def freshness(self, start, scraped=True):
        """CPU milliseconds a second of the program and of the servers, after some time of the same."""
        with start() as program:
            program.start()
            ports = program.ports if scraped else []
            every_second(ports, self.options.warm)
            before, servers_before = program.cpu(), self.lab.cpu()
            every_second(ports, self.options.seconds)
            after, servers_after = program.cpu(), self.lab.cpu()
            return {"cpu_ms_per_s": (after - before) * 1e3 / self.options.seconds,
                    "servers_cpu_ms_per_s": (servers_after - servers_before) * 1e3 / self.options.seconds,
                    "rss_mb": program.memory()[0]}

    def unscraped(self, start):
        return self.freshness(start, scraped=False)

    def nobody(self, _):
        """What the servers use when nobody watches them."""
        before = self.lab.cpu()
        time.sleep(self.options.seconds)
        return {"servers_cpu_ms_per_s": (self.lab.cpu() - before) * 1e3 / self.options.seconds}

    # ---- a primary that hangs -------------------------------------------------------------------------------------

    def hung(self, start):
        with start() as program:
            program.start()
            self.lab.order("pause")
            try:
                time.sleep(5)
                slowest = [self.slow_scrapes(port) for port in program.ports]
            finally:
                self.lab.order("resume")
        worst = max(slowest, key=median)
        return {**latency(worst), "gave_up": sum(seconds >= GIVE_UP for seconds in worst)}

    def slow_scrapes(self, port):
        """Each on a connection of its own; stops when it would take too long."""
        seconds = []
        while len(seconds) < self.options.scrapes and sum(seconds) < 3 * GIVE_UP:
            begun = time.perf_counter()
            try:
                fetch(port, timeout=GIVE_UP)
                seconds.append(time.perf_counter() - begun)
            except TimeoutError:
                seconds.append(float(GIVE_UP))
        return seconds

    # ---- many scrapers at once ------------------------------------------------------------------------------------

    def crowd(self, start):
        with start() as program:
            program.start()
            in_a_row(program.ports[0], self.options.scrapes)
            alone = self.statements(program, lambda: time.sleep(self.options.crowd))
            seconds = []
            crowded = self.statements(
                program, lambda: seconds.extend(at_once(program.ports, 50, self.options.crowd)))
            return {**latency(seconds), "scrapes_per_s": len(seconds) / self.options.crowd,
                    "statements_per_s_alone": alone / self.options.crowd,
                    "statements_per_s_crowded": crowded / self.options.crowd,
                    "rss_mb": program.memory()[0]}

    def statements(self, program, what):
        """How many statements of the program the servers ran meanwhile."""
        before = self.backend.work_of(self.lab, program)
        what()
        return self.backend.work_of(self.lab, program) - before

    # ---- a large page ---------------------------------------------------------------------------------------------

    def large(self):
        """750 tables on each of two servers, each with series of its own."""
        figures = {}
        with self.highwater(self.cluster(settings=["database: wide", "topTables: 1000"])) as program:
            program.start()
            port = program.ports[0]
            figures.update(series=program.series(), page_kb=program.size() / 1e3)
            for gzip in False, True:
                form = "gzip" if gzip else "plain"
                in_a_row(port, self.options.scrapes, gzip)
                # Spread over several rounds of the collectors; back to back, none would come in between.
                figures[form + "_1"] = latency(in_a_row(port, self.options.scrapes, gzip, pause=0.02))
                figures[form + "_50"] = latency(at_once([port], 50, self.options.crowd, gzip))
            figures["rss_mb"] = program.memory()[0]
            with Scraper(port, gzip=True) as scraper:
                scraper.scrape(keep=True)
                figures["gzip_kb"] = sum(map(len, scraper.body)) / 1e3
        return figures

    # ---- a third of thirty targets broken -----------------------------------------------------------------------------

    def broken(self):
        """Ten clusters, each with two healthy servers and one that hangs, refuses or sends garbage."""
        clusters = [
            self.cluster(f"orders-{i}", more={"pg-3": port}) for i, port in enumerate(self.lab.broken)]
        with self.highwater(*clusters) as program:
            started = program.start()
            in_a_row(program.ports[0], self.options.scrapes)
            self.lab.order("freeze")
            time.sleep(5)
            idle = self.idle(program)
            seconds = in_a_row(program.ports[0], self.options.scrapes, pause=0.02)
            page = fetch(program.ports[0])[1]
            return {**latency(seconds), "complete_s": started, "up": lines(page, "pg_up", "1"),
                    "down": lines(page, "pg_up", "0"), "series": program.series(),
                    "idle_ms_per_s": idle, "rss_mb": program.memory()[0]}
