# SPDX-License-Identifier: Apache-2.0
"""The programs that are compared, each watching the same servers."""

import os
import socket
import time

from .processes import Process
from .scraping import fetch


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def lines(page, family, value):
    """How many series of the family have that value."""
    return sum(line.startswith(family + "{") and line.endswith(" " + value) for line in page.splitlines())


class Program:
    """Started at once; measured as the sum of its processes."""

    def __init__(self):
        self.processes = []
        self.ports = []

    def start(self, limit=60.0):
        """Seconds from the first exec until a scrape has shown all that there is to say; asked every 5 ms."""
        while time.monotonic() - self.processes[0].started < limit:
            try:
                if self.complete():
                    return time.monotonic() - self.processes[0].started
            except OSError:
                pass
            self.check()
            time.sleep(0.005)
        raise RuntimeError(f"{self.name}: no complete scrape within {limit} s")

    def check(self):
        """Fails with what it printed when one has ended."""
        for process in self.processes:
            process.check()

    def cpu(self):
        return sum(process.cpu() for process in self.processes)

    def memory(self):
        return [sum(sizes) for sizes in zip(*(process.memory() for process in self.processes))]

    def series(self):
        return sum(not line.startswith("#") for port in self.ports for line in fetch(port)[1].splitlines())

    def size(self):
        return sum(len(fetch(port)[1]) for port in self.ports)

    def stop(self):
        for process in self.processes:
            process.stop()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


class Highwater(Program):
    """One process for all servers."""

    name = "highwater"

    def __init__(self, root, folder, clusters, complete, options=None):
        """
        :param complete: whether a page shows all that there is to say, once every collector has ended
        :param options: for the JVM
        """
        super().__init__()
        self.shows_all = complete
        file = os.path.join(folder, f"highwater-{time.monotonic_ns()}.yaml")
        with open(file, "w") as out:
            out.write("clusters:\n" + "".join(clusters))
        self.ports = [free_port()]
        self.processes = [Process([
            f"{root}/agent/target/highwater/bin/highwater", "agent", f"--config.file={file}",
            f"--web.listen-address=127.0.0.1:{self.ports[0]}"],
            {"HIGHWATER_JAVA_OPTS": options} if options else None)]

    def complete(self):
        return fetch(self.ports[0], "/-/ready")[0] == 200 and self.shows_all(fetch(self.ports[0])[1])


class PostgresExporter(Program):
    """One process for each server."""

    name = "postgres_exporter"

    def __init__(self, root, lab):
        super().__init__()
        for server in lab.ports:
            port = free_port()
            self.ports.append(port)
            self.processes.append(Process(
                [f"{root}/.tools/bin/prometheus-postgres-exporter", f"--web.listen-address=127.0.0.1:{port}"],
                {"DATA_SOURCE_URI": f"127.0.0.1:{server}/postgres?sslmode=disable",
                 "DATA_SOURCE_USER": self.name, "DATA_SOURCE_PASS": lab.password}))

    def complete(self):
        """Both servers up."""
        return all("\npg_up 1\n" in fetch(port)[1] for port in self.ports)


class RedisExporter(Program):
    """One process for each server, as its Debian package has it."""

    name = "redis_exporter"

    def __init__(self, root, lab):
        super().__init__()
        for server in lab.ports:
            port = free_port()
            self.ports.append(port)
            self.processes.append(Process(
                [f"{root}/.tools/bin/prometheus-redis-exporter", f"--web.listen-address=127.0.0.1:{port}",
                 f"--redis.addr=redis://127.0.0.1:{server}"]))

    def complete(self):
        """Both servers up."""
        return all("\nredis_up 1\n" in fetch(port)[1] for port in self.ports)


def cluster(component, nodes, settings=(), name="orders-db"):
    """One cluster of a configuration: all defaults but for the settings given."""
    addresses = ", ".join(f'{node}: "127.0.0.1:{port}"' for node, port in nodes.items())
    of_nodes = [f"nodes: {{ {addresses} }}"] if nodes else []
    text = [f"  {name}:", f"    {component}:", *(f"      {line}" for line in [*of_nodes, *settings])]
    return "\n".join(text) + "\n"
