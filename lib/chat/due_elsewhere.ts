/**
 * What other nodes have planned: each node hears of it in the durable events and minds the time too,
 * so that nothing waits for the next look where the node that planned it has gone. It knows neither
 * clocks nor what they start.
 */
import type { DurableChange } from "./notice.ts";

/** Milliseconds left to the node that planned it: mostly the others find that it is done. */
const HEAD_START = 1_000;

/** Each is to look at that time, in milliseconds since the epoch. */
export interface DueClocks {
  jobs(time: number): void;
  statuses(time: number): void;
}

/** For the end of the durable events: `Tail.subscribe`. */
export function followDue(clocks: DueClocks) {
  return {
    happened: (events: readonly DurableChange[]) => events.forEach((event) => mind(clocks, event)),
    looked() {},
    lost() {}, // each clock looks by itself now and then
  };
}

function mind({ jobs, statuses }: DueClocks, event: DurableChange): void {
  if (event.type === "scheduled" && event.scheduled?.failed === null) {
    jobs(event.scheduled.at + HEAD_START);
  } else if (event.type === "reminderSet" && event.at !== null) {
    jobs(event.at + HEAD_START);
  } else if (event.type === "user" && typeof event.user.status?.until === "number") {
    statuses(event.user.status.until + HEAD_START);
  }
}
