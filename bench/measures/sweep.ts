/** What it costs a node of several to look whether the bus has kept anything from it. */
import type { Bench } from "../bench.ts";
import { atMost, type Measure } from "../measure.ts";
import { loadSweeps, seedStore, startPinnedPostgres } from "../postgres.ts";
import { median, round } from "../statistics.ts";
import type { SweepFigures } from "../sweeps.ts";

const ROOMS = 10_000;
const SWEEPS = 500;
/** Rooms that move between two sweeps. */
const MOVING = 100;

export const sweep: Measure = {
  name: "sweep",
  title: `A node's sweep over ${ROOMS} served rooms; PostgreSQL has the other core`,
  async run(bench) {
    const [still, busy]: SweepFigures[][] = [[], []];
    for (let i = 0; i < bench.rounds; i++) {
      still!.push(await sweeps(bench, 0));
      busy!.push(await sweeps(bench, MOVING));
    }
    const cpu = (figures: SweepFigures[]) =>
      round(median(figures.map(({ cpuMillis }) => cpuMillis)), 2);
    return {
      figures: { still, busy },
      targets: [
        atMost(1, "ms", "the node's CPU a sweep, nothing moves", cpu(still!)),
        atMost(1, "ms", "the node's CPU a sweep, while rooms move", cpu(busy!)),
      ],
    };
  },
};

async function sweeps(bench: Bench, moving: number): Promise<SweepFigures> {
  await using postgres = await startPinnedPostgres();
  const database = await postgres.createDatabase();
  await seedStore({ database, people: 1, rooms: 1 });
  await postgres.query(MAKE_ROOMS, database);
  const mover = moving === 0 ? null : postgres.query(`CALL move(${moving})`, database);
  const figures = await loadSweeps({ database, rooms: ROOMS, sweeps: SWEEPS });
  await postgres.query("UPDATE moving SET goes = false", database);
  await mover;
  const { cpuMillis, millis, moved } = figures;
  bench.note(
    `${round(moved, 0)} rooms move: ${round(cpuMillis, 2)} ms of CPU, ${
      round(millis, 1)
    } ms in all`,
  );
  return figures;
}

/** Beside the one that the first account makes; and a procedure that writes in some all the time. */
const MAKE_ROOMS = `
  INSERT INTO rooms (id, kind, name, name_key, created_by, created_at)
    SELECT n, 'private', 'r', 'r', 1, 0 FROM generate_series(10, ${ROOMS} + 9) AS n;
  UPDATE rooms SET head = 0;
  CREATE TABLE moving (goes boolean);
  INSERT INTO moving VALUES (true);
  CREATE PROCEDURE move(several bigint) LANGUAGE plpgsql AS $$ BEGIN
    WHILE (SELECT goes FROM moving) LOOP
      UPDATE rooms SET head = head + 1
        WHERE id IN (SELECT 10 + floor(random() * ${ROOMS})::bigint FROM generate_series(1, several));
      COMMIT;
      PERFORM pg_sleep(0.02);
    END LOOP;
  END $$`;
