/** The requests about the server itself: see `operation.ts`. */
import * as object from "../objects.ts";
import type { ApiOperation } from "../operation.ts";

export const SERVER: ApiOperation[] = [
  {
    id: "healthz",
    tag: "server",
    method: "GET",
    path: "/healthz",
    from: "anybody",
    summary: "Does the process live?",
    description: "For what restarts it: a supervisor.",
    answers: {
      200: {
        description: "It does.",
        schema: object.health,
        examples: { ok: { summary: "Alive", value: { status: "ok" } } },
      },
    },
  },
  {
    id: "readyz",
    tag: "server",
    method: "GET",
    path: "/readyz",
    from: "anybody",
    summary: "Can it work?",
    description: "For a load balancer: a write can be committed now. What is away although the " +
      "work goes on, such as Redis, is in `degraded`, and the answer stays 200.",
    answers: {
      200: {
        description: "It can.",
        schema: object.readiness,
        examples: {
          ready: {
            summary: "Ready",
            value: {
              status: "ready",
              database: "sqlite",
              bus: { kind: "memory", connected: true },
              degraded: [],
            },
          },
        },
      },
    },
    refusals: { unavailable: "Nothing can be written now, as on a full disk." },
  },
  {
    id: "metrics",
    tag: "server",
    method: "GET",
    path: "/metrics",
    from: "anybody",
    summary: "How busy is it?",
    description: "For Prometheus, in its text format: docs/metrics.md. By default only for " +
      "requests from the server's own machine (`CONFAB_METRICS`); for others there is no such page.",
    answers: {
      200: { description: "Every metric.", schema: object.metrics, type: "text/plain" },
    },
    refusals: { not_found: "It is not for this client." },
  },
  {
    id: "openapi",
    tag: "server",
    method: "GET",
    path: "/api/openapi.json",
    from: "anybody",
    summary: "This document",
    description: "For programs; `/api/docs` shows it to people. It has an `ETag`.",
    answers: {
      200: {
        description: "OpenAPI 3.1.",
        schema: object.openapi,
        headers: { etag: "Changes with the document." },
      },
    },
  },
];
