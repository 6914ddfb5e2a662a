/** Commits and reads: how many, how large, how long, what waits. */
import type { LaneCounts } from "../counts.ts";
import {
  type Family,
  type MetricsReading,
  MS_A_SECOND,
  type Sample,
  type SpreadSample,
} from "./family.ts";

const WRITING = {
  lane: "`writer`; with PostgreSQL also `second writer`, for what may go beside messages",
};
const READING = { lane: "`reader`" };
const LANE = { lane: "`writer`, `second writer`, `reader`" };

function lanes(
  { counts }: MetricsReading,
  read: (lane: LaneCounts) => number,
): Sample[] {
  return [...counts.store.lanes]
    .map(([lane, each]) => ({ labels: { lane }, value: read(each) }));
}

function spreads(
  { counts }: MetricsReading,
  kind: LaneCounts["kind"],
  read: (lane: LaneCounts) => SpreadSample["spread"],
): SpreadSample[] {
  return [...counts.store.lanes]
    .filter(([, each]) => each.kind === kind)
    .map(([lane, each]) => ({ labels: { lane }, spread: read(each) }));
}

export const STORE: readonly Family[] = [
  {
    name: "confab_commit_seconds",
    type: "histogram",
    divisor: MS_A_SECOND,
    help: "From handing a batch of writes to the database until it is committed and durable. " +
      "Its `_count` is the number of commits.",
    labels: WRITING,
    read: (from) => spreads(from, "write", ({ duration }) => duration),
  },
  {
    name: "confab_commit_operations",
    type: "histogram",
    divisor: 1,
    help: "Operations (mostly messages) in one commit. Its `_sum` is the number of writes.",
    labels: WRITING,
    read: (from) => spreads(from, "write", ({ operations }) => operations),
  },
  {
    name: "confab_read_seconds",
    type: "histogram",
    divisor: MS_A_SECOND,
    help: "From handing a batch of reads to the database until its answer.",
    labels: READING,
    read: (from) => spreads(from, "read", ({ duration }) => duration),
  },
  {
    name: "confab_read_operations",
    type: "histogram",
    divisor: 1,
    help: "Reads that share one view of the database.",
    labels: READING,
    read: (from) => spreads(from, "read", ({ operations }) => operations),
  },
  {
    name: "confab_lane_busy",
    type: "gauge",
    help: "Batches under way in a lane to the database.",
    labels: LANE,
    read: (from) => lanes(from, ({ busy }) => busy),
  },
  {
    name: "confab_lane_waiting",
    type: "gauge",
    help: "Operations that wait for the batch before them.",
    labels: LANE,
    read: (from) => lanes(from, ({ waiting }) => waiting),
  },
  {
    name: "confab_batches_failed_total",
    type: "counter",
    help:
      "Batches of which nothing was kept: the disk is full, the database refuses. Clients try " +
      "again.",
    labels: LANE,
    read: (from) => lanes(from, ({ failed }) => failed),
  },
  {
    name: "confab_batches_lost_total",
    type: "counter",
    help:
      "Batches whose outcome is unknown, since the connection to the database (or its thread) " +
      "ended under them. Clients send again, and nothing is doubled.",
    labels: LANE,
    read: (from) => lanes(from, ({ lost }) => lost),
  },
  {
    name: "confab_lane_reconnects_total",
    type: "counter",
    help: "Times a lane was opened again.",
    labels: LANE,
    read: (from) => lanes(from, ({ reconnects }) => reconnects),
  },
];
