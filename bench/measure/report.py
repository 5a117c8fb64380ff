# SPDX-License-Identifier: Apache-2.0
"""The figures as a table that people read."""


def head(facts, keys):
    lines = [f"Measured {facts['date']} in {facts['took']}. Load average before and after: {facts['load before']};"
             f" {facts['load after']}.", ""]
    return lines + [f"- {key}: {facts[key]}" for key in keys] + [""]


def markdown(facts, backend, options, results):
    lines = head(facts, ["machine", "java", "highwater", backend.other.name, backend.component])
    for name, table in (("ordinary", ordinary), ("freshness", freshness), ("hung", hung), ("crowd", crowd),
                        ("large", large), ("broken", broken)):
        if name in results:
            lines += table(results[name], backend, options) + [""]
    return "\n".join(lines)


def number(value):
    """Three digits are more than a shared machine deserves."""
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def compared(title, results, backend, rows):
    other = backend.other.name
    ours, theirs = results["highwater"], results[other]
    lines = [f"| {title} | highwater | {other}, two processes | ratio |", "|---|--:|--:|--:|"]
    for label, key, scale in rows:
        mine, other = ours[key] * scale, theirs[key] * scale
        ratio = number(mine / other) if other else "–"
        lines.append(f"| {label} | {number(mine)} | {number(other)} | {ratio} |")
    return lines


def ordinary(results, backend, options):
    return compared(f"two servers, median of {options.starts} starts", results, backend, [
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


def freshness(results, backend, options):
    other = backend.other.name
    theirs = results[other]["cpu_ms_per_s"]
    nobody = results["nobody"]["servers_cpu_ms_per_s"]
    lines = [f"| CPU at one-second freshness, ms/s, median of {options.rounds} × {options.seconds:.0f} s | its own | ratio"
             " | of the two servers, more than unwatched | RSS, MB |", "|---|--:|--:|--:|--:|"]
    for label, key in ((f"highwater, its default intervals ({backend.fresh}), not scraped", "highwater_unscraped"),
                       ("the same, scraped every second", "highwater"),
                       ("the same, every collector at 1 s", "highwater_all"),
                       (f"{other}, two processes, scraped every second", other)):
        of = results[key]
        lines.append(f"| {label} | {number(of['cpu_ms_per_s'])} | {number(of['cpu_ms_per_s'] / theirs)} |"
                     f" {number(of['servers_cpu_ms_per_s'] - nobody)} | {number(of['rss_mb'])} |")
    return lines


def hung(results, backend, _):
    lines = [f"| {backend.hangs} (SIGSTOP) | scrape p50, ms | p99, ms |", "|---|--:|--:|"]
    for program, of in results.items():
        note = f" ({of['gave_up']:.0f} of {of['count']:.0f} given up after 10 s)" if of["gave_up"] else ""
        lines.append(f"| {program}{note} | {number(of['p50_ms'])} | {number(of['p99_ms'])} |")
    return lines


def crowd(results, backend, options):
    return compared(f"50 scrapers that never pause, median of {options.rounds} × {options.crowd:.0f} s", results, backend, [
        ("scrape p50, ms", "p50_ms", 1),
        ("scrape p99, ms", "p99_ms", 1),
        ("scrapes a second", "scrapes_per_s", 1),
        (f"{backend.work}, no scraper", "statements_per_s_alone", 1),
        (f"{backend.work}, 50 scrapers", "statements_per_s_crowded", 1),
        ("RSS then, MB", "rss_mb", 1)])


def large(of, _, __):
    lines = [f"| {of['series']} series, {number(of['page_kb'])} kB, {number(of['gzip_kb'])} kB as gzip;"
             f" RSS {number(of['rss_mb'])} MB | p50, ms | p99, ms |", "|---|--:|--:|"]
    for label, key in (("1 scraper, plain", "plain_1"), ("1 scraper, gzip", "gzip_1"),
                       ("50 scrapers that never pause, plain", "plain_50"),
                       ("50 scrapers that never pause, gzip", "gzip_50")):
        lines.append(f"| {label} | {number(of[key]['p50_ms'])} | {number(of[key]['p99_ms'])} |")
    return lines


def broken(of, _, __):
    return [f"| 30 targets, {of['down']} of them broken, {of['series']} series | |", "|---|--:|",
            f"| scrape p50, ms | {number(of['p50_ms'])} |", f"| scrape p99, ms | {number(of['p99_ms'])} |",
            f"| CPU with no scrape, ms/s | {number(of['idle_ms_per_s'])} |", f"| RSS, MB | {number(of['rss_mb'])} |"]
