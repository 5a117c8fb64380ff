// SPDX-License-Identifier: Apache-2.0
// The dashboard: its title, its variables, its rows, and its panels where Grafana would put them.

const UNIT = 38;
const TOP = 48;

function box(name, { x, y, w, h }, below) {
  const made = element(document.body, name);
  const width = document.body.clientWidth / 24;
  Object.assign(made.style, { left: x * width + 4 + "px", top: TOP + (y + below) * UNIT + "px", width: w * width - 8 + "px", height: h * UNIT - 8 + "px" });
  return made;
}

async function draw(panel, below, annotations) {
  const frame = box("panel", panel.gridPos, below);
  element(frame, "", "h3", panel.title);
  const body = element(frame, "body");
  try {
    if (!(await PANELS[panel.type](panel, body, annotations))) element(body, "empty", "div", panel.fieldConfig.defaults.noValue);
  } catch (problem) {
    element(body, "empty", "div", "Error: " + problem.message);
  }
}

async function page() {
  const header = element(document.body, "", "header", DASHBOARD.title);
  for (const variable of DASHBOARD.templating.list) {
    element(header, "variable", "span", variable.label + (variable.type === "datasource" ? ": Prometheus" : ": All"));
  }
  const annotations = await moments(DASHBOARD.annotations.list);
  let below = 0; // how far opened rows have pushed down what follows
  for (const panel of DASHBOARD.panels) {
    if (panel.type !== "row") {
      await draw(panel, below, annotations);
      continue;
    }
    box("row", panel.gridPos, below).textContent = (panel.collapsed && !SOURCE.open ? "▸ " : "▾ ") + panel.title;
    if (panel.collapsed && SOURCE.open) {
      for (const one of panel.panels) await draw(one, below, annotations);
      below += Math.max(...panel.panels.map((one) => one.gridPos.y + one.gridPos.h)) - panel.gridPos.y - 1;
    }
  }
}

page();
