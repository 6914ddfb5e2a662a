/** What people cost who have the chat open and say nothing. */
import { atLeast, atMost, type Measure } from "../measure.ts";
import { round } from "../statistics.ts";

interface IdleFigures {
  connections: number;
  /** Growth of the resident memory, for each connection, after some quiet seconds. */
  kilobytesEach: number;
  kilobytesEachAtFirst: number;
  connectsPerSecond: number;
  connectCpuMicros: number;
  idleCpuPercent: number;
  closed: number;
}

const CONNECTIONS = 10_000;

/** Each connection is another user's, all of them in one room. */
export const idle: Measure = {
  name: "idle",
  title: "10,000 idle connections of 10,000 people",
  async run(bench) {
    await using server = await bench.confab({ users: CONNECTIONS });
    const figures = await bench.generate<IdleFigures>("idle", {
      port: server.port,
      pid: server.pid,
      accounts: server.accounts,
      // Longer than the server's own ping takes to come round.
      options: { connections: CONNECTIONS, seconds: bench.quick ? 5 : 30 },
      deadline: 200,
    });
    const { kilobytesEach, connectsPerSecond, connectCpuMicros, idleCpuPercent } = figures;
    bench.note(
      `${kilobytesEach} KB each, ${connectsPerSecond} connects a second, ${connectCpuMicros} µs ` +
        `each, then ${idleCpuPercent} % of a core`,
    );
    return {
      figures,
      targets: [
        atMost(25, "KB", "memory of a connection", round(kilobytesEach)),
        atLeast(CONNECTIONS, "", "connections held", figures.connections - figures.closed),
      ],
    };
  },
};
