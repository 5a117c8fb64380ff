// SPDX-License-Identifier: Apache-2.0
// How numbers are written in the units that dashboards use, and which colour they have.

const COLOURS = { green: "#3b9e4f", orange: "#e08400", red: "#d2263c", blue: "#3871dc", text: "#6e7a86" };
const SERIES = ["#3b9e4f", "#e0b400", "#3871dc", "#e08400", "#a352cc", "#19a3a3", "#d2263c", "#8c6d31", "#637939", "#7b4173"];

function plain(value, digits = 3) {
  if (!isFinite(value)) return value > 0 ? "∞" : value < 0 ? "-∞" : "";
  return String(Number(value.toPrecision(digits)));
}

function scaled(value, base, names) {
  let i = 0;
  while (Math.abs(value) >= base && i < names.length - 1) {
    value /= base;
    i++;
  }
  return plain(value) + names[i];
}

function seconds(value) {
  const size = Math.abs(value);
  if (!isFinite(value)) return plain(value);
  if (size === 0) return "0 s";
  if (size < 0.001) return plain(value * 1e6, 2) + " µs";
  if (size < 1) return plain(value * 1000) + " ms";
  if (size < 60) return plain(value) + " s";
  if (size < 3600) return plain(value / 60) + " min";
  if (size < 86400) return plain(value / 3600) + " h";
  return plain(value / 86400) + " d";
}

function format(value, unit) {
  switch (unit) {
    case "s": return seconds(value);
    case "bytes": return scaled(value, 1024, [" B", " KiB", " MiB", " GiB", " TiB"]);
    case "Bps": return scaled(value, 1000, [" B/s", " kB/s", " MB/s", " GB/s"]);
    case "cps": return scaled(value, 1000, [" /s", " K/s", " M/s"]);
    case "percentunit": return plain(value * 100, Math.abs(value) < 0.9 ? 3 : 4) + " %";
    case "dateTimeFromNow": return seconds(SOURCE.to - value / 1000) + " ago";
    case "short": return scaled(value, 1000, ["", " K", " Mil", " Bil"]);
    default: return plain(value, 4);
  }
}

/** The state that stands for the value, if any: its text and colour. */
function state(value, mappings) {
  for (const mapping of mappings || []) {
    const found = mapping.options[String(value)];
    if (found) return found;
  }
  return null;
}

function colour(value, thresholds) {
  let name = "text";
  for (const step of thresholds.steps) {
    if (step.value === null || value >= step.value) name = step.color;
  }
  return COLOURS[name];
}
