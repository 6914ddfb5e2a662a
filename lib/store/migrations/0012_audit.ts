/**
 * The audit log: one row for each act, of whoever it was. Users are named by their ids alone, so
 * that the name of somebody who was erased does not stay in a table that nobody may change. The
 * database itself refuses to change a row or to take it away.
 */
import type { Migration } from "./migration.ts";

const ONLY_APPENDED = "The audit log is only ever appended.";

const REFUSALS = {
  SQLite: ["UPDATE", "DELETE"].map((act) =>
    `CREATE TRIGGER audit_no_${act.toLowerCase()} BEFORE ${act} ON audit
     BEGIN SELECT RAISE(ABORT, '${ONLY_APPENDED}'); END`
  ),
  PostgreSQL: [
    `CREATE FUNCTION confab_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS
     $$ BEGIN RAISE EXCEPTION '${ONLY_APPENDED}'; END $$`,
    `CREATE TRIGGER audit_only_appended BEFORE UPDATE OR DELETE ON audit
     FOR EACH ROW EXECUTE FUNCTION confab_audit_refuse()`,
  ],
};

export const audit: Migration = {
  version: 12,
  compatibleFrom: 11,
  statements: ({ database, identity, integer, text }) => [
    `CREATE TABLE audit (
      id ${identity},
      at ${integer} NOT NULL,
      action ${text} NOT NULL,
      actor_kind ${text} NOT NULL,
      actor_id ${integer} REFERENCES users (id),
      target_kind ${text},
      target_id ${integer},
      target_name ${text},
      detail ${text} NOT NULL,
      address ${text}
    )`,
    "CREATE INDEX audit_by_time ON audit (at, id)",
    "CREATE INDEX audit_by_actor ON audit (actor_id, id)",
    "CREATE INDEX audit_by_target ON audit (target_kind, target_id, id)",
    "CREATE INDEX audit_by_action ON audit (action, id)",
    ...REFUSALS[database],
  ],
};
