/** The dashboard and the alerts ask for what `/metrics` has, and for nothing else. */
import assert from "node:assert/strict";
import { FAMILIES } from "../lib/metrics/families/all.ts";
import { writePage } from "../lib/metrics/page.ts";
import { MetricsPage } from "./support/metrics_page.ts";
import { metricsReading } from "./support/metrics_reading.ts";
import { findPromtool } from "./support/promtool.ts";
import { type Selector, selectorsOf } from "./support/promql.ts";

const ROOT = new URL("../", import.meta.url);
const page = new MetricsPage(await writePage(metricsReading()));

interface Panel {
  title: string;
  type: string;
  gridPos: { x: number; y: number; w: number; h: number };
  targets?: { expr: string }[];
}

const dashboard: { panels: Panel[]; templating: { list: { definition?: string }[] } } = JSON.parse(
  await Deno.readTextFile(new URL("deploy/grafana/confab.json", ROOT)),
);
const rules = await Deno.readTextFile(new URL("deploy/prometheus/confab.rules.yml", ROOT));

const ofDashboard = dashboard.panels.flatMap(({ title, targets = [] }) =>
  targets.map(({ expr }) => ({ title, expr }))
);
const ofRules = [...rules.matchAll(/- alert: (\w+)\n\s+expr: '?(.*?)'?\n/g)]
  .map(([, title, expr]) => ({ title: title!, expr: expr! }));

/** What is wrong with one selector; null if nothing is. */
function faultOf({ metric, matchers, range, around, keeps }: Selector): string | null {
  if (metric === "up") return null;
  const family = FAMILIES.find(({ name, type }) =>
    type === "histogram"
      ? ["_bucket", "_sum", "_count"].some((suffix) => metric === name + suffix)
      : metric === name
  );
  if (family === undefined) return `there is no ${metric}`;
  const bucket = family.type === "histogram" && metric.endsWith("_bucket");
  const labels = ["instance", ...Object.keys(family.labels ?? {}), ...(bucket ? ["le"] : [])];
  const unknown = [...matchers.map(({ label }) => label), ...keeps ?? []]
    .find((label) => !labels.includes(label));
  if (unknown !== undefined) return `${metric} has no label ${unknown}`;
  const rises = family.type !== "gauge";
  const isRate = around[0] === "rate" || around[0] === "increase";
  if (isRate !== (range !== null)) return `${metric}: a range is for rates, and they need one`;
  if (isRate !== rises) return `${metric} ${rises ? "only rises: ask for its rate" : "falls too"}`;
  const quantile = around.includes("histogram_quantile");
  if (quantile !== bucket) return `${metric}: quantiles are of buckets, and buckets for them`;
  if (bucket && !keeps?.includes("le")) return `${metric}: the quantile needs le`;
  return matchers.find((each) => !hasValue(metric, each)) ? `${metric} never has that value` : null;
}

function hasValue(metric: string, { label, operator, value }: Selector["matchers"][number]) {
  if (label === "instance") return true;
  const wanted = operator === "=~" ? value.split("|") : [value];
  return wanted.every((each) => page.find(metric, { [label]: each }).length > 0);
}

for (const [where, queries] of [["dashboard", ofDashboard], ["alerts", ofRules]] as const) {
  Deno.test(`every expression of the ${where} can be read, and asks for what there is`, () => {
    assert.ok(queries.length >= 10, String(queries.length));
    for (const { title, expr } of queries) {
      for (const selector of selectorsOf(expr)) {
        assert.equal(faultOf(selector), null, `${title}: ${expr}`);
      }
    }
  });
}

Deno.test("an expression that asks for what there is not is found", () => {
  const faults = (expr: string) => selectorsOf(expr).map(faultOf).filter((fault) => fault !== null);
  assert.deepEqual(faults("sum(confab_connections)"), []);
  assert.deepEqual(faults("confab_conections"), ["there is no confab_conections"]);
  assert.match(faults('confab_connections{phse="live"}')[0]!, /no label phse/);
  assert.match(faults('confab_connections{phase="alive"}')[0]!, /never has that value/);
  assert.match(faults("sum by (room) (confab_connections)")[0]!, /no label room/);
  assert.match(faults("rate(confab_connections[5m])")[0]!, /falls too/);
  assert.match(faults("confab_deliveries_total")[0]!, /ask for its rate/);
  assert.match(faults("rate(confab_deliveries_total)")[0]!, /need one/);
  assert.match(
    faults(
      "histogram_quantile(0.9, sum by (instance) (rate(confab_send_ack_seconds_bucket[5m])))",
    )[0]!,
    /needs le/,
  );
  assert.match(faults("rate(confab_send_ack_seconds_bucket[5m])")[0]!, /quantiles/);
  for (const broken of ["sum(", "sum(confab_x))", "rate(confab_x[5m]", "x{a}", "a b", "foo(x)"]) {
    assert.throws(() => selectorsOf(broken), /^Error: Cannot read /, broken);
  }
});

Deno.test("every metric that is measured is on the dashboard", () => {
  const asked = new Set(
    ofDashboard.flatMap(({ expr }) => selectorsOf(expr)).map(({ metric }) =>
      metric.replace(/_(bucket|sum|count)$/, "")
    ),
  );
  const apart = ["confab_frames_sent_characters_total", "confab_read_operations"];
  const elsewhere = ["confab_schema_version", "confab_start_time_seconds"];
  const missing = FAMILIES.map(({ name }) => name)
    .filter((name) => !asked.has(name) && !apart.includes(name) && !elsewhere.includes(name));
  assert.deepEqual(missing, []);
});

Deno.test("no two panels lie on each other, each has a title, and nodes can be chosen", () => {
  const taken = new Map<string, string>();
  for (const { title, gridPos: { x, y, w, h } } of dashboard.panels) {
    assert.ok(title !== "" && x + w <= 24, title);
    for (let column = x; column < x + w; column++) {
      for (let line = y; line < y + h; line++) {
        const place = `${column} ${line}`;
        assert.equal(taken.get(place), undefined, `${title} lies on another`);
        taken.set(place, title);
      }
    }
  }
  const [chosen] = dashboard.templating.list.flatMap(({ definition }) => definition ?? []);
  assert.equal(chosen, "label_values(confab_uptime_seconds, instance)");
});

const promtool = findPromtool();

Deno.test({
  name: "Prometheus's own checker takes rules, configuration and the dashboard's expressions" +
    (promtool === null ? " (left out: there is no promtool here)" : ""),
  ignore: promtool === null,
  async fn() {
    const folder = await Deno.makeTempDir();
    const recorded = ofDashboard.map(({ expr }, i) =>
      `  - record: confab:expression${i}\n    expr: '${expr.replace("$__rate_interval", "5m")}'\n`
    );
    const path = `${folder}/dashboard.yml`;
    await Deno.writeTextFile(
      path,
      `groups:\n- name: dashboard\n  rules:\n${
        recorded.join("").replaceAll("$__rate_interval", "5m")
      }`,
    );
    const config = new URL("deploy/prometheus/prometheus.yml", ROOT).pathname;
    for (const args of [["check", "rules", path], ["check", "config", config]]) {
      const { code, stdout, stderr } = await new Deno.Command(promtool!, { args }).output();
      const decoder = new TextDecoder();
      assert.equal(code, 0, decoder.decode(stdout) + decoder.decode(stderr));
    }
    await Deno.remove(folder, { recursive: true });
  },
});
