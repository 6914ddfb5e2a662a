/**
 * The page that Prometheus reads, in its text format. Loaded with the first scrape: the library
 * takes tens of milliseconds. The numbers are this program's own; the library writes them.
 */
import type { Metric, Registry as RegistryClass } from "prom-client";
// Not by its front door, which loads `node:cluster` and three times as much. It has no types here.
import AnyRegistry from "prom-client/lib/registry.js";
import { FAMILIES } from "./families/all.ts";
import type { Family, MetricsReading, SpreadFamily } from "./families/family.ts";

const Registry = AnyRegistry as typeof RegistryClass;

export const CONTENT_TYPE: string = Registry.PROMETHEUS_CONTENT_TYPE;

/** What the registry asks a metric for. */
interface Printed {
  name: string;
  help: string;
  type: string;
  values: { value: number; labels?: Record<string, string | number>; metricName?: string }[];
}

export function writePage(reading: MetricsReading): Promise<string> {
  const registry = new Registry();
  for (const family of FAMILIES) {
    const metric = { name: family.name, get: () => Promise.resolve(print(family, reading)) };
    // The library's own metrics keep their numbers themselves, at 0.8 µs each; its registry only
    // calls this method. A test holds the page as a whole.
    registry.registerMetric(metric as unknown as Metric);
  }
  return registry.metrics();
}

function print(family: Family, reading: MetricsReading): Printed {
  const { name, help, type } = family;
  // Backticks are for the documentation.
  const plain = { name, help: help.replaceAll("`", ""), type };
  if (family.type === "histogram") return { ...plain, values: buckets(family, reading) };
  const values = family.read(reading)
    .map(({ labels, value }) => ({ labels: { ...labels }, value }));
  return { ...plain, values };
}

function buckets(
  { name, divisor, read }: SpreadFamily,
  reading: MetricsReading,
): Printed["values"] {
  return read(reading).flatMap(({ labels = {}, spread }) => {
    const counts = spread.cumulative();
    const all = spread.count;
    return [
      ...spread.bounds.map((bound, i) => ({
        metricName: `${name}_bucket`,
        labels: { ...labels, le: bound / divisor },
        value: counts[i]!,
      })),
      { metricName: `${name}_bucket`, labels: { ...labels, le: "+Inf" }, value: all },
      { metricName: `${name}_sum`, labels, value: spread.sum / divisor },
      { metricName: `${name}_count`, labels, value: all },
    ];
  });
}
