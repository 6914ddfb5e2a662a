/** Requests, sign-ins, and the process itself. */
import { type Family, MS_A_SECOND, one, type Sample, whileUp } from "./family.ts";

/** What people watch is there from the beginning: a rate needs the zero before the first. */
const NO_ATTEMPTS = ["signup ok", "login ok", "login unauthenticated", "login rate_limited"]
  .map((attempt) => [attempt, 0] as const);

const US_A_SECOND = 1_000_000;

/** A tally's keys are the labels' values, joined by blanks. */
function split(entries: Iterable<readonly [string, number]>, labels: readonly string[]): Sample[] {
  return [...entries].map(([key, value]) => {
    const values = key.split(" ");
    return { labels: Object.fromEntries(labels.map((label, i) => [label, values[i]!])), value };
  });
}

export const PROGRAM: readonly Family[] = [
  {
    name: "confab_http_requests_total",
    type: "counter",
    help: "Requests answered. An upgrade to a WebSocket is one with status 101.",
    labels: {
      method: "`GET`, …, or `other`",
      route: "the route's pattern (`/rooms/:id`); `static`: a file; `none`: no such page; " +
        "`refused`: a request without a usable address",
      status: "HTTP status",
    },
    read: ({ counts }) => split(counts.http.requests, ["method", "route", "status"]),
  },
  {
    name: "confab_http_request_seconds",
    type: "histogram",
    divisor: MS_A_SECOND,
    help: "From a request's arrival until its answer is ready to be written.",
    labels: { route: "as above, without files" },
    read: ({ counts }) =>
      [...counts.http.durations].map(([route, spread]) => ({ labels: { route }, spread })),
  },
  {
    name: "confab_sign_ins_total",
    type: "counter",
    help:
      "Attempts to sign up, to log in, to change a password. `rate_limited` are those that the " +
      "throttle refused, `unauthenticated` wrong passwords or codes, `second_factor` right " +
      "passwords that are not enough. Of other ways in, those that succeeded.",
    labels: {
      kind: "`signup`, `login`, `second`: the second factor, `password`: a change of it; " +
        "`passkey`, `oidc`, `proxy`, `phone`, `reset`",
      outcome: "`ok` or the error's code",
    },
    read: ({ counts }) =>
      split(new Map([...NO_ATTEMPTS, ...counts.auth.attempts]), ["kind", "outcome"]),
  },
  {
    name: "confab_memory_resident_bytes",
    type: "gauge",
    help: "Memory of the process, sockets' buffers and the database's threads included.",
    read: ({ process }) => one(process.memory.rss),
  },
  {
    name: "confab_memory_heap_bytes",
    type: "gauge",
    help: "JavaScript objects of the main thread.",
    read: ({ process }) => one(process.memory.heapUsed),
  },
  {
    name: "confab_memory_external_bytes",
    type: "gauge",
    help: "Buffers outside JavaScript's heap that it holds.",
    read: ({ process }) => one(process.memory.external),
  },
  {
    name: "confab_memory_limit_bytes",
    type: "gauge",
    help:
      "CONFAB_MEMORY_LIMIT: from three quarters of it on, connections must prove themselves. 0 " +
      "for no limit.",
    read: ({ process }) => one(process.memoryLimit),
  },
  {
    name: "confab_cpu_seconds_total",
    type: "counter",
    help: "Processor time of the process, all its threads.",
    labels: { mode: "`user` or `system`" },
    read: ({ process: { cpu } }) =>
      (["user", "system"] as const)
        .map((mode) => ({ labels: { mode }, value: cpu[mode] / US_A_SECOND })),
  },
  {
    name: "confab_event_loop_delay_seconds",
    type: "histogram",
    divisor: MS_A_SECOND,
    help: "How late a timer of the main thread is. Sampled ten times a second while somebody " +
      "scrapes (within the last three minutes), so that an idle server is not woken.",
    read: ({ process }) => [{ spread: process.loopDelay }],
  },
  {
    name: "confab_start_time_seconds",
    type: "gauge",
    help: "When the process started, in seconds since 1970.",
    read: ({ process }) => one(process.startedAt / MS_A_SECOND),
  },
  {
    name: "confab_uptime_seconds",
    type: "gauge",
    help: "How long it has been running.",
    read: ({ process }) => one(process.uptime / MS_A_SECOND),
  },
  {
    name: "confab_build_info",
    type: "gauge",
    help: "Always 1; what runs is in the labels.",
    labels: {
      version: "of Confab",
      deno: "of the runtime",
      database: "`sqlite` or `postgres`",
    },
    read: ({ app, process: { version, deno } }) =>
      whileUp(app, ({ database }) => [{ labels: { version, deno, database }, value: 1 }]),
  },
  {
    name: "confab_schema_version",
    type: "gauge",
    help: "The version of the database's tables that this program brings them to.",
    read: ({ app }) => whileUp(app, ({ schema }) => one(schema)),
  },
];
