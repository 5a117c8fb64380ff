// SPDX-License-Identifier: Apache-2.0
// One function for each type of panel: it draws the panel's answers into an element.

function element(parent, name, type = "div", text = "") {
  const made = document.createElement(type);
  made.className = name;
  made.textContent = text;
  parent.append(made);
  return made;
}

function clock(at) {
  return new Date(at * 1000).toISOString().slice(11, 19);
}

async function stat(panel, body) {
  const { unit, thresholds, mappings } = panel.fieldConfig.defaults;
  const values = await newest(panel.targets);
  if (values.length === 0) return false;
  const stats = element(body, "stats");
  for (const one of values) {
    const box = element(stats, "stat");
    const known = state(one.value, mappings);
    box.style.background = known ? COLOURS[known.color] : colour(one.value, thresholds);
    const text = element(box, "", "b", known ? known.text : format(one.value, unit));
    text.style.fontSize = (values.length > 1 ? 20 : 28) + "px";
    if (values.length > 1) element(box, "", "small", one.name);
  }
  return true;
}

function legend(body, series, unit, room) {
  const shown = series.slice(0, room);
  const box = element(body, "legend");
  const head = element(box, "head");
  element(head, "name", "span", series.length > room ? series.length + " series" : "");
  element(head, "number", "span", "last");
  element(head, "number", "span", "max");
  shown.forEach((one, i) => {
    const line = element(box, "");
    const name = element(line, "name", "span");
    element(name, "", "i").style.background = SERIES[i % SERIES.length];
    name.append(one.name);
    const there = one.values.filter((value) => value !== null);
    element(line, "number", "span", there.length ? format(there.at(-1), unit) : "");
    element(line, "number", "span", there.length ? format(there.reduce((a, b) => Math.max(a, b)), unit) : "");
  });
}

/** Vertical lines at moments, and horizontal ones at thresholds. */
function marks(thresholds, style, annotations) {
  return (plot) => {
    const draw = (x0, y0, x1, y1, strokeStyle) => {
      plot.ctx.save();
      plot.ctx.strokeStyle = strokeStyle;
      plot.ctx.setLineDash([5, 4]);
      plot.ctx.beginPath();
      plot.ctx.moveTo(x0, y0);
      plot.ctx.lineTo(x1, y1);
      plot.ctx.stroke();
      plot.ctx.restore();
    };
    const { left, top, width, height } = plot.bbox;
    for (const moment of annotations) {
      const x = plot.valToPos(moment.at, "x", true);
      draw(x, top, x, top + height, moment.colour);
    }
    for (const step of style === "off" ? [] : thresholds.steps.slice(1)) {
      const y = plot.valToPos(step.value, "y", true);
      if (y >= top && y <= top + height) draw(left, y, left + width, y, COLOURS[step.color]);
    }
  };
}

async function timeseries(panel, body, annotations) {
  const { unit, thresholds, custom } = panel.fieldConfig.defaults;
  const { times, series } = await overTime(panel.targets);
  const there = series.filter((one) => one.values.some((value) => value !== null));
  if (there.length === 0) return false;
  const room = Math.max(2, Math.min(there.length, Math.floor(body.clientHeight / 15 / 2.6)));
  legend(body, there, unit, room);
  const rows = custom.stacking.mode === "normal" ? stacked(there) : there.map((one) => one.values);
  const most = Math.max(...rows.flat().filter((value) => value !== null));
  const least = Math.min(0, ...rows.flat().filter((value) => value !== null));
  const holder = element(body, "");
  body.prepend(holder);
  new uPlot(
    {
      width: body.clientWidth,
      height: body.clientHeight - body.querySelector(".legend").offsetHeight,
      legend: { show: false },
      cursor: { show: false },
      scales: { y: { range: [unit === "dateTimeFromNow" ? Math.min(...rows.flat().filter((value) => value !== null)) : least, most > least ? most + (most - least) * 0.08 : least + 1] } },
      tzDate: (at) => uPlot.tzDate(new Date(at * 1000), "Etc/UTC"),
      axes: [
        { size: 26, font: "11px sans-serif", values: (_, ticks) => ticks.map((at) => clock(at).slice(0, 5)), grid: { stroke: "#eee" }, ticks: { show: false } },
        { size: 64, font: "11px sans-serif", values: (_, ticks) => ticks.map((value) => format(value, unit)), grid: { stroke: "#eee" }, ticks: { show: false } },
      ],
      series: [{}, ...there.map((_, i) => ({ stroke: SERIES[i % SERIES.length], width: 1, points: { show: false }, fill: SERIES[i % SERIES.length] + (custom.stacking.mode === "normal" ? "55" : "10") }))],
      hooks: { draw: [marks(thresholds, custom.thresholdsStyle.mode, annotations)] },
    },
    [times, ...rows],
    holder,
  );
  return true;
}

function stacked(series) {
  const sums = series[0].values.map(() => 0);
  return series.map((one) => one.values.map((value, i) => (value === null ? null : (sums[i] += value))));
}

async function stateTimeline(panel, body) {
  const { mappings } = panel.fieldConfig.defaults;
  const { times, series } = await overTime(panel.targets);
  if (series.length === 0) return false;
  for (const one of series) {
    const lane = element(body, "lane");
    element(lane, "name", "span", one.name);
    const bar = element(lane, "bar");
    for (let from = 0; from < times.length; ) {
      let to = from;
      while (to < times.length && one.values[to] === one.values[from]) to++;
      if (one.values[from] !== null) {
        const known = state(one.values[from], mappings);
        const part = element(bar, "", "span", to - from > times.length / 8 ? (known ? known.text : one.values[from]) : "");
        part.style.background = known ? COLOURS[known.color] : COLOURS.text;
        part.style.left = (100 * from) / times.length + "%";
        part.style.width = (100 * (to - from)) / times.length + "%";
      }
      from = to;
    }
  }
  const labels = element(body, "times");
  element(labels, "", "span", clock(SOURCE.from).slice(0, 5));
  element(labels, "", "span", clock(SOURCE.to).slice(0, 5));
  return true;
}

/** Rows of the same labels are one, as Grafana's transformation "merge" makes them. */
async function table(panel, body) {
  const answers = await newest(panel.targets);
  if (answers.length === 0) return false;
  const { indexByName, renameByName } = panel.transformations[1].options;
  const fields = Object.keys(indexByName).sort((a, b) => indexByName[a] - indexByName[b]);
  const rows = new Map();
  for (const one of answers) {
    const key = JSON.stringify(Object.entries(one.labels).sort());
    const row = rows.get(key) || { ...one.labels };
    row[panel.targets.length === 1 ? "Value" : "Value #" + one.query] = one.value;
    rows.set(key, row);
  }
  const drawn = element(body, "", "table");
  const head = element(drawn, "", "tr");
  fields.forEach((field) => element(head, field.startsWith("Value") ? "number" : "", "th", renameByName[field]));
  for (const row of rows.values()) {
    const line = element(drawn, "", "tr");
    fields.forEach((field) => cell(line, row[field], field, panel.fieldConfig.overrides.find((one) => one.matcher.options === renameByName[field])));
  }
  return true;
}

function cell(line, value, field, override) {
  const property = (id) => override?.properties.find((one) => one.id === id)?.value;
  const isNumber = field.startsWith("Value");
  const known = isNumber && state(value, property("mappings"));
  const text = value === undefined ? "" : known ? known.text : isNumber ? format(value, property("unit")) : value;
  const made = element(line, isNumber ? "number" : property("links") ? "link" : "", "td", text);
  if (known) made.style.color = COLOURS[known.color];
  else if (isNumber && value !== undefined && property("thresholds")) made.style.color = colour(value, property("thresholds"));
}

const PANELS = { stat, timeseries, "state-timeline": stateTimeline, table };
