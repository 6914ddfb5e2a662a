/** What is done after a while: messages that are sent later, reminders, previews of links. */
import { type Family, one, type Sample } from "./family.ts";

/** What people watch is there from the beginning: a rate needs the zero before the first. */
const NONE = [["scheduled", 0], ["reminder", 0], ["preview", 0]] as const;

function byKind(counted: ReadonlyMap<string, number>): Sample[] {
  return [...new Map([...NONE, ...counted])].map(([kind, value]) => ({ labels: { kind }, value }));
}

export const JOBS: readonly Family[] = [
  {
    name: "confab_jobs_done_total",
    type: "counter",
    help: "What was planned, or was to be looked at, and this node has done.",
    labels: { kind: "`scheduled`: a message, `reminder`, `preview`: the links of a message" },
    read: ({ counts }) => byKind(counts.jobs.done),
  },
  {
    name: "confab_jobs_failed_total",
    type: "counter",
    help: "Tries that failed: each is made again, by any node. The log says why.",
    labels: { kind: "as above" },
    read: ({ counts }) => byKind(counts.jobs.failed),
  },
  {
    name: "confab_jobs_due",
    type: "gauge",
    help:
      "What was due when this node last looked and is not done, counted up to 1,000; previews " +
      "apart, which wait for other sites. More than a few for more than a minute: something holds " +
      "it up.",
    read: ({ counts }) => one(counts.jobs.due),
  },
];
