// SPDX-License-Identifier: Apache-2.0
// Prometheus' answers to the queries of a panel, with all of every variable chosen.

function concrete(expression) {
  return expression
    .replaceAll("$__rate_interval", SOURCE.rateInterval + "s")
    .replaceAll("$__range", Math.round(SOURCE.to - SOURCE.from) + "s")
    .replaceAll(/\$[a-z_]+/g, ".*");
}

async function ask(path, parameters) {
  const reply = await (await fetch(SOURCE.url + "/api/v1/" + path + "?" + new URLSearchParams(parameters))).json();
  if (reply.status !== "success") throw new Error(reply.error);
  return reply.data.result;
}

function named(legend, labels) {
  return legend.replaceAll(/\{\{([a-z_]+)}}/g, (_, label) => labels[label] || "").trim();
}

/** The newest value of each series: {name, labels, value, query}. */
async function newest(targets) {
  const all = [];
  for (const target of targets) {
    for (const one of await ask("query", { query: concrete(target.expr), time: SOURCE.to })) {
      all.push({ name: named(target.legendFormat, one.metric), labels: one.metric, value: Number(one.value[1]), query: target.refId });
    }
  }
  return all;
}

/** The values of each series at the same times; null where there is none: {name, values}. */
async function overTime(targets) {
  const times = [];
  for (let at = SOURCE.from; at <= SOURCE.to; at += SOURCE.step) times.push(at);
  const series = [];
  for (const target of targets) {
    const range = { query: concrete(target.expr), start: SOURCE.from, end: SOURCE.to, step: SOURCE.step };
    for (const one of await ask("query_range", range)) {
      const values = times.map(() => null);
      for (const [at, value] of one.values) values[Math.round((at - SOURCE.from) / SOURCE.step)] = isFinite(value) ? Number(value) : null;
      series.push({ name: named(target.legendFormat, one.metric), labels: one.metric, values });
    }
  }
  return { times, series };
}

/** The moments of the annotations: {at, title, colour}. */
async function moments(annotations) {
  const all = [];
  for (const annotation of annotations) {
    const target = { expr: annotation.expr, legendFormat: annotation.titleFormat };
    const { times, series } = await overTime([target]);
    for (const one of series) {
      if (annotation.useValueForTime === "on") {
        for (const at of new Set(one.values.filter((value) => value !== null))) {
          all.push({ at: at / 1000, title: one.name, colour: COLOURS[annotation.iconColor] });
        }
      } else {
        one.values.forEach((value, i) => {
          if (value !== null && (i === 0 || one.values[i - 1] === null)) all.push({ at: times[i], title: one.name, colour: COLOURS[annotation.iconColor] });
        });
      }
    }
  }
  return all.filter((moment) => moment.at >= SOURCE.from && moment.at <= SOURCE.to);
}
