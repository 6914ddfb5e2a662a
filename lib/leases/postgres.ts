/**
 * Leases in the database that the nodes share, where there is no Redis. The table is not logged: it
 * costs no disk and is empty after a crash, which nodes put right by themselves. It is no part of
 * the schema: no backup has it, and the first node makes it.
 */
import { ADVISORY_LOCKS } from "../postgres/advisory_locks.ts";
import type { QueryResult, QuerySettings } from "../postgres/pg_types.ts";
import { type Lease, LEASE_MS, type Leases } from "./leases.ts";

export interface PostgresLeasesOptions {
  /** This node's name, unlike any other's. */
  node: string;
  /** On one connection, which may be another each time. */
  query<Row>(settings: QuerySettings): Promise<QueryResult<Row>>;
}

/** One at a time: where two run it at once, one of them fails. */
const CREATE = `SELECT pg_advisory_xact_lock(${ADVISORY_LOCKS.leases});
  CREATE UNLOGGED TABLE IF NOT EXISTS leases (
    node text PRIMARY KEY,
    version bigint NOT NULL,
    body text NOT NULL,
    renewed_at timestamptz NOT NULL
  )`;

/** By the database's clock, since nodes' clocks differ. */
const HOLDS = `renewed_at > clock_timestamp() - interval '${LEASE_MS} milliseconds'`;

const RENEW = {
  name: "renew lease",
  text: `INSERT INTO leases (node, version, body, renewed_at)
    VALUES ($1, $2, $3, clock_timestamp())
    ON CONFLICT (node) DO UPDATE SET version = excluded.version, body = excluded.body,
      renewed_at = excluded.renewed_at`,
};

const READ = {
  name: "read leases",
  text: `SELECT leases.node, leases.version,
      CASE WHEN known.version >= leases.version THEN NULL ELSE leases.body END AS text
    FROM leases LEFT JOIN unnest($1::text[], $2::bigint[]) AS known (node, version)
      ON known.node = leases.node
    WHERE ${HOLDS}`,
};

const RELEASE = `DELETE FROM leases WHERE node = $1 OR NOT ${HOLDS}`;

export function createPostgresLeases({ node, query }: PostgresLeasesOptions): Leases {
  let created: Promise<unknown> | null = null;
  const withTable = async () => {
    created ??= query({ text: CREATE });
    // Another time it may work.
    await created.catch((error) => {
      created = null;
      throw error;
    });
  };
  return {
    async renew(version, text) {
      await withTable();
      await query({ ...RENEW, values: [node, version, text] });
    },
    async read(known) {
      await withTable();
      const values = [[...known.keys()], [...known.values()]];
      return (await query<Lease>({ ...READ, values })).rows;
    },
    async release() {
      await withTable();
      await query({ text: RELEASE, values: [node] });
    },
  };
}
