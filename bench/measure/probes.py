# SPDX-License-Identifier: Apache-2.0
"""What bench/probes measures, and how it prints it."""

import os
import re
import subprocess
import time

from .consumers import series
from .figures import latency, medians
from .processes import Process
from .programs import Highwater, Program, free_port
from .report import head, number
from .scraping import fetch, in_a_row
from .session import ROOT

PHASES = {"connect": "connect", "tls": "tls", "processing": "first byte", "transfer": "transfer"}

# Attempts after which a handshake is compiled.
COMPILED = 200


class Blackbox(Program):
    """Debian's exporter, and a Prometheus that asks it for every target once a second: without one it probes nothing."""

    name = "blackbox_exporter"

    def __init__(self, folder, urls):
        super().__init__()
        self.ports = [free_port(), free_port()]
        modules, scrapes = os.path.join(folder, "blackbox.yml"), os.path.join(folder, "prometheus.yml")
        with open(modules, "w") as out:
            out.write("modules: {http: {prober: http, timeout: 2s, http: {preferred_ip_protocol: ip4}}}\n")
        with open(scrapes, "w") as out:
            out.write(f"""global: {{scrape_interval: 1s, scrape_timeout: 1s}}
scrape_configs:
  - job_name: probes
    metrics_path: /probe
    params: {{module: [http]}}
    static_configs: [{{targets: [{", ".join(f'"{url}"' for url in urls)}]}}]
    relabel_configs:
      - {{source_labels: [__address__], target_label: __param_target}}
      - {{source_labels: [__param_target], target_label: instance}}
      - {{target_label: __address__, replacement: "127.0.0.1:{self.ports[0]}"}}
""")
        self.processes = [
            Process([f"{ROOT}/.tools/bin/prometheus-blackbox-exporter", f"--config.file={modules}",
                     f"--web.listen-address=127.0.0.1:{self.ports[0]}"]),
            Process([f"{ROOT}/.tools/bin/prometheus", f"--config.file={scrapes}", f"--storage.tsdb.path={folder}/tsdb",
                     f"--web.listen-address=127.0.0.1:{self.ports[1]}"])]

    def complete(self):
        return fetch(self.ports[0])[0] == 200 and fetch(self.ports[1], "/-/ready")[0] == 200


def highwater(folder, probes):
    """
    :param probes: the text of each by its name
    """
    text = "  bench:\n    probe:\n      probes:\n" + "".join(
        f"        {name}: {probe}\n" for name, probe in probes.items())
    return Highwater(ROOT, folder, [text], lambda page: page.count("\nprobe_success{") == len(probes), "-Xmx128m")


def requests(port):
    """How many nginx has answered, but for this question."""
    return int(re.search(r"^ \d+ \d+ (\d+)", fetch(port, "/status")[1], re.MULTILINE).group(1)) - 1


def pace(lab, program, options):
    """What a program costs while it probes and is scraped once a second, and how often it does."""
    program.start()
    time.sleep(options.warm)
    before = requests(lab.ports[0])
    cpu = [process.cpu() for process in program.processes]
    begun = time.monotonic()
    while time.monotonic() - begun < options.seconds:
        time.sleep(1)
        if isinstance(program, Highwater):  # the other is asked by its Prometheus
            fetch(program.ports[0])
    took = time.monotonic() - begun
    result = {"probes_per_s": (requests(lab.ports[0]) - before) / took,
              "cpu_ms_per_s": (program.processes[0].cpu() - cpu[0]) * 1e3 / took,
              "rss_mb": program.processes[0].memory()[0]}
    if len(cpu) > 1:
        result["asker_cpu_ms_per_s"] = (program.processes[1].cpu() - cpu[1]) * 1e3 / took
    return result


def ours(lab, folder, options):
    url = f"http://127.0.0.1:{lab.ports[0]}/"
    probes = {f"p-{i}": f'{{ http: {{ url: "{url}" }}, interval: 1s, timeout: 2s, slow: 100ms }}'
              for i in range(options.probes)}
    with highwater(folder, probes) as program:
        result = pace(lab, program, options)
        page = fetch(program.ports[0])[1]
        for what in ("attempts", "slow", "outages"):
            result[what] = sum(series(page, f"probe_{what}_total"))
        result.update(latency(in_a_row(program.ports[0], 50, gzip=True)))
        result["series"] = program.series()
        return result


def theirs(lab, folder, options):
    with Blackbox(folder, [f"http://127.0.0.1:{lab.ports[0]}/?{i}" for i in range(options.probes)]) as program:
        return pace(lab, program, options)


def curl(lab):
    """Phases of one request, in seconds."""
    said = subprocess.run(
        [f"{ROOT}/.tools/bin/curl", "-sS", "-o", "/dev/null", "--http1.1", "--cacert", lab.authority,
         "--resolve", f"localhost:{lab.ports[1]}:127.0.0.1", "-w",
         "%{time_namelookup} %{time_connect} %{time_appconnect} %{time_starttransfer} %{time_total}",
         f"https://localhost:{lab.ports[1]}/large"], check=True, capture_output=True, text=True).stdout
    named, connected, secured, first, total = map(float, said.split())
    return {"connect": connected - named, "tls": secured - connected, "processing": first - secured,
            "transfer": total - first}


def accuracy(lab, folder, options):
    """The same page, by turns: medians of each phase; and what we measure before the JVM has compiled its handshake."""
    probe = (f'{{ http: {{ url: "https://localhost:{lab.ports[1]}/large", tls: {{ ca: "{lab.authority}" }},'
             ' ipProtocol: ip4 }, interval: 500ms, timeout: 5s }')
    runs = {"new": [], "highwater": [], "curl": []}
    with highwater(folder, {"large": probe}) as program:
        program.start()

        def look():
            time.sleep(1)
            page = fetch(program.ports[0])[1]
            return page, {phase: series(page, "probe_http_duration_seconds", phase=phase)[0] for phase in PHASES}

        for _ in range(options.pages // 2):
            runs["new"].append(look()[1])
        while sum(series(look()[0], "probe_attempts_total")) < COMPILED:
            pass
        for _ in range(options.pages):
            runs["highwater"].append(look()[1])
            runs["curl"].append(curl(lab))
    return {who: medians(of) for who, of in runs.items()}


def measure(lab, folder, options, say):
    results = {"highwater": [], "blackbox_exporter": []}
    for turn in range(options.rounds):
        for who, run in (("highwater", ours), ("blackbox_exporter", theirs)):
            say(f"{turn + 1}/{options.rounds}: {who} …")
            room = os.path.join(folder, f"{who}-{turn}")
            os.mkdir(room)
            results[who].append(run(lab, room, options))
    say("phases beside curl …")
    return {**{who: {**medians(runs), "runs": runs} for who, runs in results.items()},
            "phases": accuracy(lab, folder, options)}


def markdown(facts, options, results):
    mine, other = results["highwater"], results["blackbox_exporter"]
    lines = head(facts, ["machine", "java", "highwater", "blackbox_exporter"])
    lines += [f"| {options.probes:,} probes of HTTP, each once a second; median of {options.rounds} × {options.seconds:.0f} s"
              " | highwater | blackbox_exporter | ratio |", "|---|--:|--:|--:|"]
    for label, key in (("probes a second, as nginx counts", "probes_per_s"), ("CPU, ms/s", "cpu_ms_per_s"),
                       ("RSS, MB", "rss_mb")):
        lines.append(f"| {label} | {number(mine[key])} | {number(other[key])} | {number(mine[key] / other[key])} |")
    lines += [f"| CPU of the Prometheus that has it probe, ms/s | – | {number(other['asker_cpu_ms_per_s'])} | |",
              f"| scrape of all {mine['series']:.0f} series as gzip, p50, ms | {number(mine['p50_ms'])} | – | |", ""]
    lines += [f"Slow beyond 100 ms: {mine['slow']:.0f} of {mine['attempts']:.0f} attempts; outages: {mine['outages']:.0f}.", ""]
    lines += [f"| phases of a page of 200 kB over TLS, medians of {options.pages}, ms | highwater | curl | highwater, new |",
              "|---|--:|--:|--:|"]
    for phase, title in PHASES.items():
        of = [results["phases"][who][phase] * 1e3 for who in ("highwater", "curl", "new")]
        lines.append(f"| {title} | {' | '.join(map(number, of))} |")
    lines += ["", f"New: in the first {options.pages // 2} s of the process; beside curl: after {COMPILED} attempts."]
    return "\n".join(lines)
