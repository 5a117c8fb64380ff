# SPDX-License-Identifier: Apache-2.0
"""The figures as a table that people read."""


def markdown(facts, options, results):
    lines = [f"Measured {facts['date']} in {facts['took']}. Load average before and after: {facts['load before']};"
             f" {facts['load after']}.", ""]
    for key in "machine", "java", "highwater", "postgres_exporter", "postgres":
        lines.append(f"- {key}: {facts[key]}")
    lines.append("")
    for name, table in (("ordinary", ordinary), ("freshness", freshness), ("hung", hung), ("crowd", crowd),
                        ("large", large), ("broken", broken)):
        if name in results:
            lines += table(results[name], options) + [""]
    return "\n".join(lines)


def number(value):
    """Three digits are more than a shared machine deserves."""
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def compared(title, results, rows):
    ours, theirs = results["highwater"], results["postgres_exporter"]
    lines = [f"| {title} | highwater | postgres_exporter, two processes | ratio |", "|---|--:|--:|--:|"]
    for label, key, scale in rows:
        mine, other = ours[key] * scale, theirs[key] * scale
        ratio = number(mine / other) if other else "–"
        lines.append(f"| {label} | {number(mine)} | {number(other)} | {ratio} |")
    return lines


def ordinary(results, options):
    return compared(f"two servers, median of {options.starts} starts", results, [
        ("start to first complete scrape, ms", "start_s", 1e3),
        ("CPU until then, ms", "start_cpu_s", 1e3),
        (f"RSS after {options.settle:.0f} s, MB", "rss_idle_mb", 1),
        ("PSS then, MB", "pss_idle_mb", 1),
        (f"RSS after {options.scrapes} scrapes, MB", "rss_after_mb", 1),
        ("PSS then, MB", "pss_after_mb", 1),
        ("CPU with no scrape, ms/s", "idle_ms_per_s", 1),
        ("CPU of 100 scrapes of both servers, ms", "cpu_s_per_100_scrapes", 1e3),
        ("scrape of both servers, p50, ms", "p50_ms", 1),
        ("scrape of both servers, p99, ms", "p99_ms", 1),
        ("series", "series", 1),
        ("page, kB", "page_kb", 1)])


def freshness(results, options):
    theirs = results["postgres_exporter"]["cpu_ms_per_s"]
    lines = [f"| scraped every second, median of {options.rounds} × {options.seconds:.0f} s | CPU, ms/s | ratio |",
             "|---|--:|--:|"]
    for label, key in (("highwater, its default intervals (replication 1 s)", "highwater"),
                       ("highwater, every collector at 1 s", "highwater_all_1s"),
                       ("postgres_exporter, two processes", "postgres_exporter")):
        value = results[key]["cpu_ms_per_s"]
        lines.append(f"| {label} | {number(value)} | {number(value / theirs)} |")
    return lines


def hung(results, _):
    lines = ["| the primary hangs (SIGSTOP) | scrape p50, ms | p99, ms |", "|---|--:|--:|"]
    for program, of in results.items():
        note = f" ({of['gave_up']:.0f} of {of['count']:.0f} given up after 10 s)" if of["gave_up"] else ""
        lines.append(f"| {program}{note} | {number(of['p50_ms'])} | {number(of['p99_ms'])} |")
    return lines


def crowd(results, options):
    return compared(f"50 scrapers that never pause, median of {options.rounds} × {options.crowd:.0f} s", results, [
        ("scrape p50, ms", "p50_ms", 1),
        ("scrape p99, ms", "p99_ms", 1),
        ("scrapes a second", "scrapes_per_s", 1),
        ("statements a second in the databases, no scraper", "statements_per_s_alone", 1),
        ("statements a second in the databases, 50 scrapers", "statements_per_s_crowded", 1),
        ("RSS then, MB", "rss_mb", 1)])


def large(of, _):
    lines = [f"| {of['series']} series, {number(of['page_kb'])} kB, {number(of['gzip_kb'])} kB as gzip;"
             f" RSS {number(of['rss_mb'])} MB | p50, ms | p99, ms |", "|---|--:|--:|"]
    for label, key in (("1 scraper, plain", "plain_1"), ("1 scraper, gzip", "gzip_1"),
                       ("50 scrapers that never pause, plain", "plain_50"),
                       ("50 scrapers that never pause, gzip", "gzip_50")):
        lines.append(f"| {label} | {number(of[key]['p50_ms'])} | {number(of[key]['p99_ms'])} |")
    return lines


def broken(of, _):
    return [f"| 30 targets, {of['down']} of them broken, {of['series']} series | |", "|---|--:|",
            f"| scrape p50, ms | {number(of['p50_ms'])} |", f"| scrape p99, ms | {number(of['p99_ms'])} |",
            f"| CPU, ms/s | {number(of['cpu_ms_per_s'])} |", f"| RSS, MB | {number(of['rss_mb'])} |"]
