/** Who comes is asked about only what there is of theirs. */
import assert from "node:assert/strict";
import type { Value } from "../../../../lib/store/driver.ts";
import { snapshot } from "../../../../lib/store/operations/sync.ts";
import { openReader } from "../../../../lib/store/sqlite/open.ts";
import {
  accountInput,
  messageInput,
  tested,
  withWriter,
  type WritingStage,
} from "../../sqlite/support.ts";

const ANN = 1;
const BEN = 2;

const WAITING = /\b(saved|scheduled|reminders|thread_marks|drafts|sign_ins|custom_emoji)\b/;

tested(
  "who has nothing waiting is asked about all of it in the row of the user alone",
  () =>
    withWriter(async (on) => {
      await peopleIn(on);
      const [first, ...others] = await statementsFor(on, BEN);
      assert.match(first!, /FROM users AS u WHERE u\.id = \?$/);
      assert.deepEqual(others.filter((sql) => WAITING.test(sql)), []);
    }),
);

tested(
  "what there is of somebody is read for them, and for nobody else",
  () =>
    withWriter(async (on) => {
      await peopleIn(on);
      await on.write({ names: ["sendMessage"], inputs: [messageInput(ANN, "hello")] });
      const saved = { userId: BEN, message: 1, on: true };
      const { errors } = await on.write({ names: ["saveMessage"], inputs: [saved] });
      assert.equal(errors.size, 0);
      const waiting = async (userId: number) =>
        (await statementsFor(on, userId)).slice(1).filter((sql) => WAITING.test(sql)).length;
      assert.deepEqual([await waiting(ANN), await waiting(BEN)], [0, 1]);
      assert.deepEqual((await snapshot.run(on.driver, { userId: BEN })).saved, [1]);
    }),
);

async function peopleIn(on: WritingStage): Promise<void> {
  const { failure } = await on.write({
    names: ["createAccount", "createAccount"],
    inputs: [accountInput("ann"), accountInput("ben")],
  });
  assert.equal(failure, null);
}

/** Of a snapshot, as the connection that reads takes it. */
async function statementsFor({ path }: WritingStage, userId: number): Promise<string[]> {
  const reader = openReader(path);
  try {
    const { driver } = reader;
    const statements: string[] = [];
    const [all, get] = [driver.all.bind(driver), driver.get.bind(driver)];
    driver.all = <Row>(sql: string, parameters: readonly Value[]) => {
      statements.push(sql);
      return all<Row>(sql, parameters);
    };
    driver.get = <Row>(sql: string, parameters: readonly Value[]) => {
      statements.push(sql);
      return get<Row>(sql, parameters);
    };
    await snapshot.run(driver, { userId });
    return statements;
  } finally {
    reader.close();
  }
}
