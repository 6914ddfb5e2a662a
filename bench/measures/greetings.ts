/**
 * What it costs to let somebody in: from the first packet to the end of `ready`, for members of a
 * hundred rooms; and how long others wait for an ack while a thousand come at once.
 */
import type { Bench } from "../bench.ts";
import type { Confab } from "../confab.ts";
import { atMost, type Measure } from "../measure.ts";
import { median, round } from "../statistics.ts";

const CLIENTS = 1000;
const SENDERS = 10;
const ROOMS = 100;
/** Until compilers have seen what is hot. */
const WARMUPS = 3;

interface Greetings {
  ready: number;
  failed: number;
  /** All threads of the process, microseconds for each who came. */
  cpuMicros: number;
  threads: Record<string, number>;
  /** Of `ready`. */
  bytes: number;
  p50: number;
  p99: number;
  ackP50: number;
  ackP99: number;
  ackMax: number;
}

export const greetings: Measure = {
  name: "greetings",
  title: `1,000 who come at once, members of ${ROOMS} rooms`,
  async run(bench) {
    await using server = await bench.confab({
      users: CLIENTS + SENDERS,
      // Besides `general`, and a room of one's own: what is sent there reaches none of those who come.
      sharedRooms: ROOMS - 2,
      ownRooms: true,
      messages: 200,
      read: true,
    });
    for (let i = 0; i < WARMUPS; i++) await come(bench, server, { inFlight: 64, senders: 0 });
    const costs: Greetings[] = [], crowds: Greetings[] = [];
    for (let i = 0; i < bench.rounds; i++) {
      costs.push(await come(bench, server, { inFlight: 64, senders: 0 }));
      crowds.push(await come(bench, server, { inFlight: CLIENTS, senders: SENDERS }));
    }
    const cost = round(median(costs.map(({ cpuMicros }) => cpuMicros)), 0);
    const ack = round(median(crowds.map(({ ackP99 }) => ackP99)), 1);
    bench.note(`${cost} µs each; others' acks p99 ${ack} ms while all come at once`);
    return {
      figures: { costs, crowds },
      targets: [
        atMost(300, "µs", "CPU of a greeting, all threads", cost),
        atMost(60, "ms", "others' acks meanwhile, p99", ack),
      ],
    };
  },
};

function come(
  bench: Bench,
  server: Confab,
  { inFlight, senders }: { inFlight: number; senders: number },
): Promise<Greetings> {
  return bench.generate<Greetings>("greetings", {
    port: server.port,
    pid: server.pid,
    accounts: server.accounts,
    options: { connections: CLIENTS, inFlight, senders, rate: 100 },
  });
}
