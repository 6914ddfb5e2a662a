/** Every query that grows with the data uses an index: what SQLite plans, not what we hope. */
import assert from "node:assert/strict";
import type { DatabaseSync } from "node:sqlite";
import type { Driver, Value } from "../../../lib/store/driver.ts";
import type { OperationName } from "../../../lib/store/operations/operation.ts";
import { OPERATIONS } from "../../../lib/store/operations/table.ts";
import { SqliteDriver } from "../../../lib/store/sqlite/driver.ts";
import { openWriter } from "../../../lib/store/sqlite/open.ts";
import { AT, SCRIPT } from "../script.ts";
import { tested, withFolder } from "./support.ts";

/** Remembers each statement with the operation that asked for it first. */
class RecordingDriver extends SqliteDriver implements Driver {
  readonly statements = new Map<string, OperationName>();
  current: OperationName = "epoch";

  #remember(sql: string): void {
    if (!this.statements.has(sql)) this.statements.set(sql, this.current);
  }

  override all<Row>(sql: string, parameters: readonly Value[]): Promise<Row[]> {
    this.#remember(sql);
    return super.all<Row>(sql, parameters);
  }
  override get<Row>(sql: string, parameters: readonly Value[]): Promise<Row | undefined> {
    this.#remember(sql);
    return super.get<Row>(sql, parameters);
  }
  override run(sql: string, parameters: readonly Value[]): Promise<number> {
    this.#remember(sql);
    return super.run(sql, parameters);
  }
  override insert(sql: string, parameters: readonly Value[]): Promise<number> {
    this.#remember(sql);
    return super.insert(sql, parameters);
  }
}

/** Where reading a whole table is what was asked for, or one row of it. */
const MAY_SCAN: Partial<Record<OperationName, RegExp>> = {
  // Whether there is any account (LIMIT 1).
  hasAccounts: /^SCAN users USING COVERING INDEX/,
  createAccount: /^SCAN users USING COVERING INDEX/,
  // A row for each setting of the workspace: all of them are wanted.
  storedWorkspace: /^SCAN workspace USING INDEX/,
  updateWorkspace: /^SCAN workspace USING INDEX/,
  // All of them are wanted, and counted: LIMITS.customEmoji at most.
  listEmoji: /^SCAN e USING INDEX/,
  nameEmoji: /^SCAN custom_emoji USING COVERING INDEX/,
  addEmoji: /^SCAN custom_emoji USING COVERING INDEX/,
  // Letters that wait, of which there are few and never more than 10,000: whether there are so many.
  setEmail: /^SCAN letters$/,
  queueReset: /^SCAN letters$/,
  removeEmail: /^SCAN letters$/,
  waitingLetters: /^SCAN letters$/,
  // Rooms with a name are counted in an index that holds no others: direct rooms may be far more.
  getHealth: /^SCAN rooms USING COVERING INDEX rooms_with_names/,
  // A part of a name, found by walking the public rooms, the largest first, up to the limit.
  browseRooms: /^SCAN r USING INDEX rooms_to_browse/,
};

function planOf(db: DatabaseSync, sql: string): string[] {
  return db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all().map((row) => String(row.detail));
}

function withRecorded(
  run: (db: DatabaseSync, statements: Map<string, OperationName>) => void | Promise<void>,
): Promise<void> {
  return withFolder(async (folder) => {
    const on = await openWriter(`${folder}/confab.db`, "epoch-1");
    try {
      const driver = new RecordingDriver(on.db);
      for (const [name, input] of SCRIPT) {
        driver.current = name;
        // The cast: the script's inputs are checked by running them.
        const operation = OPERATIONS[name] as { run(db: Driver, input: unknown): Promise<unknown> };
        await operation.run(driver, input);
      }
      await run(on.db, driver.statements);
    } finally {
      on.close();
    }
  });
}

tested("the script runs every operation", () => {
  const missing = Object.keys(OPERATIONS).filter((name) => !SCRIPT.some(([ran]) => ran === name));
  assert.deepEqual(missing, []);
  return Promise.resolve();
});

tested("no operation reads a whole table", () =>
  withRecorded((db, statements) => {
    assert.ok(statements.size > 40, `${statements.size} statements`);
    for (const [sql, name] of statements) {
      const scans = planOf(db, sql)
        .filter((step) => step.startsWith("SCAN"))
        // Rows that a subquery has selected already, and constants.
        .filter((step) =>
          !/^SCAN (counted|found|by_username|by_display_name|CONSTANT ROW|\d)/.test(step)
        )
        .filter((step) => !MAY_SCAN[name]?.test(step));
      assert.deepEqual(scans, [], `${name}: ${sql}`);
    }
  }));

tested(
  "pages and changes are read in the order of their index, without sorting",
  () =>
    withRecorded((db, statements) => {
      const paged = [...statements].filter(([, name]) => name === "history" || name === "changes");
      const ordered = paged.filter(([sql]) => /ORDER BY (?!unread)/.test(sql));
      assert.equal(ordered.length, 3);
      const unread = paged.find(([sql]) => sql.includes("ORDER BY unread."))![0];
      assert.deepEqual(planOf(db, unread), [
        "SEARCH unread USING COVERING INDEX messages_by_seq (room_id=? AND seq>?)",
      ]);
      for (const [sql] of ordered) {
        const plan = planOf(db, sql).join("\n");
        assert.match(plan, /SEARCH x USING INDEX messages_by_seq \(room_id=\? AND seq[<>]\?\)/);
        if (!sql.includes("UNION")) continue;
        assert.match(plan, /SEARCH x USING INDEX messages_by_rev \(room_id=\? AND rev>\?\)/);
        assert.doesNotMatch(plan, /TEMP B-TREE/);
      }
    }),
);

tested("unread messages are counted in an index alone", () =>
  withRecorded((db, statements) => {
    const counting = [...statements.keys()].filter((text) => text.includes(") AS counted"));
    assert.ok(counting.length >= 3, "one room, all rooms, one room as several see it");
    for (const text of counting) {
      const plan = planOf(db, text).join("\n");
      assert.match(plan, /unread USING COVERING INDEX messages_by_seq \(room_id=\? AND seq>\?\)/);
      assert.match(plan, /mention USING COVERING INDEX .*\(user_id=\? AND room_id=\? AND seq>\?\)/);
    }
  }));

tested(
  "people are searched in their indexes, in rooms of any size and by guests, too",
  () =>
    withRecorded(async (db) => {
      const driver = new RecordingDriver(db);
      db.exec("UPDATE rooms SET member_count = 5000; UPDATE users SET role = 'guest' WHERE id = 3");
      await OPERATIONS.searchUsers.run(driver, { userId: 1, q: "an le", limit: 10 });
      await OPERATIONS.searchMembers.run(driver, { ...AT, userId: 2, q: "an le", limit: 10 });
      await OPERATIONS.listUsers.run(driver, { userId: 3, ids: [1, 2] });
      const plans = [...driver.statements.keys()].map((sql) => planOf(db, sql).join("\n"));
      const searching = plans.filter((plan) => plan.includes("user_words_by_word"));
      assert.equal(searching.length, 2);
      for (const plan of searching) {
        assert.match(
          plan,
          /SEARCH w USING COVERING INDEX user_words_by_word \(word>\? AND word<\?\)/,
        );
        assert.match(
          plan,
          /SEARCH named EXISTS USING COVERING INDEX .*\(user_id=\? AND word>\? AND word<\?\)/,
        );
      }
      for (const plan of plans) assert.doesNotMatch(plan, /SCAN|TEMP B-TREE FOR ORDER/);
    }),
);

tested(
  "a list is read in the order of its index, and ends at its limit",
  () =>
    withRecorded((db, statements) => {
      const listing = [...statements].filter(([sql, name]) =>
        name === "snapshot" && /m\.hidden = 0\s+ORDER BY m\.room_id LIMIT/.test(sql)
      );
      assert.equal(listing.length, 1);
      const plan = planOf(db, listing[0]![0]).join("\n");
      assert.match(plan, /SEARCH m USING INDEX members_by_user \(user_id=\? AND hidden=\?\)/);
      assert.doesNotMatch(plan, /TEMP B-TREE/);
    }),
);

tested(
  "from whom a room is hidden is asked without a look at its members",
  () =>
    withRecorded((db, statements) => {
      const asking = [...statements.keys()].filter((sql) =>
        sql.includes("room_id = ? AND hidden > 0") && !sql.includes("user_id = ?")
      );
      assert(asking.length >= 1, "each message asks");
      for (const sql of asking) assert.match(planOf(db, sql).join("\n"), /members_hidden/);
    }),
);

tested(
  "saved messages are read in the order of their index, and which they are from it alone",
  () =>
    withRecorded((db, statements) => {
      const saved = [...statements.keys()].filter((sql) => /\bsaved\b/.test(sql));
      const page = saved.find((sql) => sql.includes("FROM saved AS s"))!;
      assert.match(
        planOf(db, page).join("\n"),
        /SEARCH s USING COVERING INDEX saved_by_user \(user_id=\? AND id<\?\)/,
      );
      const ids = saved.find((sql) => sql.startsWith("SELECT message_id"))!;
      assert.deepEqual(planOf(db, ids), [
        "SEARCH saved USING COVERING INDEX saved_by_user (user_id=?)",
      ]);
      const forgotten = saved.find((sql) => sql === "DELETE FROM saved WHERE message_id = ?")!;
      assert.match(planOf(db, forgotten).join("\n"), /saved_once \(message_id=\?\)/);
      for (const sql of saved) assert.doesNotMatch(planOf(db, sql).join("\n"), /TEMP B-TREE/);
    }),
);
