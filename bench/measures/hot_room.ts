/** Three nodes over one PostgreSQL whose people all write into one room: the lock that they share. */
import { atLeast, atMost, type Measure } from "../measure.ts";
import { loadStore, seedStore, startPinnedPostgres } from "../postgres.ts";
import { median, round } from "../statistics.ts";

const NODES = 3;
const SENDERS = 99;
/** Of each sender: enough that no node waits for more to commit together (`pace.ts`). */
const IN_FLIGHT = 4;

export const hotRoom: Measure = {
  name: "hot-room",
  title: `${NODES} nodes on one core, ${SENDERS} senders, all in one room; PostgreSQL on the other`,
  async run(bench) {
    const rates: number[] = [];
    let [deadlocks, refused, unsound] = [0, 0, 0];
    for (let i = 0; i < bench.rounds; i++) {
      await using postgres = await startPinnedPostgres();
      const url = await postgres.createDatabase();
      const places = await seedStore({ database: url, people: SENDERS, rooms: 1 });
      const { seconds, warmup } = bench;
      const nodes = await Promise.all(Array.from({ length: NODES }, (_, node) =>
        loadStore({
          database: url,
          places: places.filter((_, index) => index % NODES === node),
          inFlight: IN_FLIGHT,
          seconds,
          warmup,
        })));
      const rate = nodes.reduce((sum, { acksPerSecond }) => sum + acksPerSecond, 0);
      rates.push(rate);
      refused += nodes.reduce((sum, node) => sum + node.refused, 0);
      deadlocks += Number(await postgres.query("SELECT sum(deadlocks) FROM pg_stat_database"));
      unsound += Number(
        await postgres.query(
          `SELECT count(*) FROM rooms AS r WHERE r.head <>
             (SELECT count(DISTINCT x.seq) FROM messages AS x WHERE x.room_id = r.id)`,
          url,
        ),
      );
      bench.note(
        `${nodes.map(({ acksPerSecond }) => acksPerSecond).join(" + ")} = ${rate} a second`,
      );
    }
    return {
      figures: { rates, deadlocks, refused, unsound },
      targets: [
        atLeast(6500, "a second", "of all nodes together", round(median(rates), 0)),
        atMost(0, "", "deadlocks", deadlocks),
        atMost(0, "", "refused", refused),
        atMost(0, "", "rooms whose head is not their count of messages", unsound),
      ],
    };
  },
};
