/** The bus by PostgreSQL's NOTIFY passes the contract. */
import { openNotifyBus } from "../support/node_bus.ts";
import { postgresTests } from "../support/postgres.ts";
import { busContract } from "./bus.ts";

const test = postgresTests();

busContract({
  kind: "notify",
  joins: true,
  test: (sentence, run) =>
    test(`NOTIFY: ${sentence}`, async (postgres) => {
      const databases = new Map<string, Promise<string>>();
      await using stack = new AsyncDisposableStack();
      await run(async (name = "one") => {
        const url = databases.get(name) ?? postgres.createDatabase();
        databases.set(name, url);
        const { bus } = await openNotifyBus(await url);
        stack.defer(() => bus.close());
        return bus;
      });
    }),
});
