/** The page as a whole: what a scraper reads, and that names keep Prometheus's customs. */
import assert from "node:assert/strict";
import { newCounts } from "../../lib/metrics/counts.ts";
import { FAMILIES } from "../../lib/metrics/families/all.ts";
import type { MetricsReading } from "../../lib/metrics/families/family.ts";
import { CONTENT_TYPE, writePage } from "../../lib/metrics/page.ts";
import { DURATIONS } from "../../lib/metrics/spread.ts";
import type { JobKind } from "../../lib/store/contract/jobs.ts";
import { MetricsPage } from "../support/metrics_page.ts";
import { metricsReading } from "../support/metrics_reading.ts";

const page = async (more: Partial<MetricsReading> = {}) =>
  new MetricsPage(await writePage(metricsReading(more)));

Deno.test("every metric of the table is on the page, with its type and its meaning", async () => {
  const { families } = await page();
  assert.deepEqual(
    [...families.values()].map(({ name, type }) => [name, type]),
    FAMILIES.map(({ name, type }) => [name, type]),
  );
  for (const { name, help, series } of families.values()) {
    assert.ok(help.length > 10 && !help.includes("`"), name);
    assert.ok(series.length > 0, `${name} has a value`);
    for (const { value } of series) assert.ok(Number.isFinite(value), name);
  }
  assert.equal(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
});

Deno.test("names say their unit, and `_total` is for what only rises", () => {
  const names = FAMILIES.map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
  for (const { name, type, help } of FAMILIES) {
    assert.match(name, /^confab_[a-z_]+$/);
    assert.equal(type === "counter", name.endsWith("_total"), name);
    assert.doesNotMatch(name, /_(ms|milliseconds|kb|megabytes|minutes)(_|$)/, name);
    if (type === "histogram") assert.match(name, /_(seconds|operations)$/, name);
    assert.match(help, /[.]$/, name);
  }
});

Deno.test("the labels on the page are those of the table", async () => {
  const { families } = await page();
  for (const { name, type, labels = {} } of FAMILIES) {
    const expected = Object.keys(labels).sort();
    for (const series of families.get(name)!.series) {
      const bucket = series.name.endsWith("_bucket") && type === "histogram";
      const found = Object.keys(series.labels).filter((label) => !(bucket && label === "le"));
      assert.deepEqual(found.sort(), expected, name);
    }
  }
});

Deno.test("a histogram's buckets rise to its count, in seconds", async () => {
  const counts = newCounts();
  for (const ms of [0.25, 3, 3, 40, 20_000]) counts.hub.ack.add(ms);
  const parsed = await page({ counts });
  const name = "confab_send_ack_seconds";
  const buckets = parsed.find(`${name}_bucket`);
  assert.deepEqual(buckets.map(({ labels }) => labels.le), [
    ...DURATIONS.map((ms) => String(ms / 1_000)),
    "+Inf",
  ]);
  const values = buckets.map(({ value }) => value);
  assert.deepEqual(values, values.toSorted((a, b) => a - b));
  assert.equal(parsed.value(`${name}_bucket`, { le: "0.005" }), 3);
  assert.equal(parsed.value(`${name}_bucket`, { le: "10" }), 4);
  assert.equal(parsed.value(`${name}_bucket`, { le: "+Inf" }), 5);
  assert.equal(parsed.value(`${name}_count`), 5);
  assert.equal(parsed.value(`${name}_sum`), 20.04625);
});

Deno.test("seconds are seconds, whatever they were counted in", async () => {
  const parsed = await page();
  assert.equal(parsed.value("confab_cpu_seconds_total", { mode: "user" }), 1.5);
  assert.equal(parsed.value("confab_uptime_seconds"), 4.5);
  assert.equal(parsed.value("confab_start_time_seconds"), 1_700_000_000);
  assert.equal(parsed.value("confab_sweep_age_seconds"), 2.5);
  assert.equal(parsed.value("confab_bus_connected", { kind: "redis" }), 0);
  assert.equal(parsed.value("confab_notices_held"), 7);
  assert.equal(parsed.value("confab_gate_closed"), 1);
});

Deno.test("every code of an error is there before the first error, for rates", async () => {
  const parsed = await page();
  assert.equal(parsed.value("confab_errors_total", { code: "internal", way: "http" }), 0);
  assert.equal(parsed.value("confab_errors_total", { code: "unavailable", way: "socket" }), 0);
});

Deno.test("every kind of job is there before the first job, for rates", async () => {
  const kinds = { scheduled: true, reminder: true, preview: true } satisfies Record<JobKind, true>;
  const parsed = await page();
  for (const kind of Object.keys(kinds)) {
    assert.equal(parsed.value("confab_jobs_done_total", { kind }), 0, kind);
    assert.equal(parsed.value("confab_jobs_failed_total", { kind }), 0, kind);
  }
});

Deno.test("while the app starts anew, what is counted is still there", async () => {
  const counts = newCounts();
  counts.hub.deliveries = 7;
  const parsed = await page({ counts, app: null });
  assert.equal(parsed.value("confab_deliveries_total"), 7);
  assert.deepEqual(parsed.find("confab_connections"), []);
});

Deno.test("what clients write stays one label's value, and cannot end it", async () => {
  const counts = newCounts();
  counts.hub.received.add('a"b\\c\n} 1');
  const parsed = await page({ counts });
  assert.equal(parsed.find("confab_frames_received_total").length, 1);
});
