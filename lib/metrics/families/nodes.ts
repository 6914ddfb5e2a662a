/** What several nodes on one database do to stay alike. All zero on a single node. */
import { by, type Family, MS_A_SECOND, one, whileUp } from "./family.ts";

export const NODES: readonly Family[] = [
  {
    name: "confab_bus_connected",
    type: "gauge",
    help: "1 while this node reaches the others at once; 0 while only the sweep does (every two " +
      "seconds).",
    labels: { kind: "`memory`: a single node; `redis`; `notify`: PostgreSQL" },
    read: ({ app }) => whileUp(app, ({ bus }) => by("kind", [[bus.kind, bus.connected ? 1 : 0]])),
  },
  {
    name: "confab_bus_published_total",
    type: "counter",
    help: "Publishes on the bus. One may carry many notices.",
    read: ({ counts }) => one(counts.bus.published),
  },
  {
    name: "confab_bus_received_total",
    type: "counter",
    help: "Publishes of other nodes that arrived here.",
    read: ({ counts }) => one(counts.bus.received),
  },
  {
    name: "confab_bus_dropped_total",
    type: "counter",
    help:
      "Publishes that were not sent, since too many were pending or the bus was away. Nothing " +
      "is lost: the other nodes find out by their sweep.",
    read: ({ app }) => whileUp(app, ({ bus }) => one(bus.dropped)),
  },
  {
    name: "confab_events_applied_total",
    type: "counter",
    help:
      "Durable events (joins, removals, new names, revoked sessions) applied from the database.",
    read: ({ counts }) => one(counts.hub.nodes.events),
  },
  {
    name: "confab_gaps_healed_total",
    type: "counter",
    help:
      "Times a room was behind what the database has, and was read from there: the bus did not " +
      "say it.",
    read: ({ counts }) => one(counts.hub.nodes.gapsHealed),
  },
  {
    name: "confab_messages_healed_total",
    type: "counter",
    help: "Messages that reached this node in that way instead of over the bus.",
    read: ({ counts }) => one(counts.hub.nodes.messagesHealed),
  },
  {
    name: "confab_notices_held",
    type: "gauge",
    help:
      "Messages that wait now: for an earlier one of their room, for who may read them, or for " +
      "the gate.",
    read: ({ app }) => whileUp(app, ({ nodes }) => one(nodes?.held ?? 0)),
  },
  {
    name: "confab_notices_held_total",
    type: "counter",
    help: "All messages that ever waited so.",
    read: ({ counts }) => one(counts.hub.nodes.noticesHeld),
  },
  {
    name: "confab_access_holds_total",
    type: "counter",
    help: "Messages that waited until this node knew who may read them.",
    read: ({ counts }) => one(counts.hub.nodes.accessHolds),
  },
  {
    name: "confab_gate_closed",
    type: "gauge",
    help:
      "1 while nothing from other nodes is delivered, because no sweep has completed for four " +
      "seconds.",
    read: ({ app }) => whileUp(app, ({ nodes }) => one(nodes?.gateClosed ? 1 : 0)),
  },
  {
    name: "confab_gate_closed_seconds_total",
    type: "counter",
    help: "Seconds for which that was so. Counted when it ends.",
    read: ({ counts }) => one(counts.hub.nodes.gateClosedMs / MS_A_SECOND),
  },
  {
    name: "confab_sweep_seconds",
    type: "histogram",
    divisor: MS_A_SECOND,
    help: "Duration of a completed sweep: one look at which rooms have moved.",
    read: ({ counts }) => [{ spread: counts.hub.nodes.sweep }],
  },
  {
    name: "confab_sweeps_failed_total",
    type: "counter",
    help: "Sweeps that did not complete.",
    read: ({ counts }) => one(counts.hub.nodes.sweepsFailed),
  },
  {
    name: "confab_sweep_age_seconds",
    type: "gauge",
    help: "Time since a sweep last completed. Absent on a single node, which needs none.",
    read: ({ counts: { hub: { nodes: { sweptAt } } }, process }) =>
      sweptAt === null ? [] : one((process.now - sweptAt) / MS_A_SECOND),
  },
];
