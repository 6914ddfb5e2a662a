import { createPostgresLeases } from "../../lib/leases/postgres.ts";
import type { Leases } from "../../lib/leases/leases.ts";
import { readAddress } from "../../lib/postgres/address.ts";
import { Connection } from "../../lib/postgres/connection.ts";
import { postgresTests } from "../support/postgres.ts";
import { testLeases } from "./leases.ts";

const postgresTest = postgresTests();

testLeases((name, run) =>
  postgresTest(name, async (postgres) => {
    const url = await postgres.createDatabase();
    const open: Promise<Connection>[] = [];
    await run({
      // Each node has a connection of its own.
      join(node): Leases {
        const connection = Connection.open(readAddress(url, {}));
        open.push(connection);
        return createPostgresLeases({
          node,
          query: async (settings) => await (await connection).query(settings),
        });
      },
      async letEnd(node) {
        const earlier = "renewed_at = renewed_at - interval '45 seconds'";
        await postgres.query(`UPDATE leases SET ${earlier} WHERE node = '${node}'`, url);
      },
      forgetAll: async () => void await postgres.query("TRUNCATE leases", url),
    });
    for (const connection of open) await (await connection).close();
  })
);
