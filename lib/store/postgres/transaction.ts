/** Transactions on one PostgreSQL connection. */
import type { Connection } from "../../postgres/connection.ts";
import type { Transaction } from "../transaction.ts";
import { PostgresDriver } from "./driver.ts";
import { NotCommitted, POSTGRES_FAILURES } from "./failures.ts";

/**
 * To write. READ COMMITTED, whatever the server's default: the statement after a lock must see what
 * was committed while the lock was waited for.
 */
export const BEGIN_WRITING = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";
/** One view for all of its statements. */
export const BEGIN_READING = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

export class PostgresTransaction implements Transaction {
  readonly driver: PostgresDriver;
  readonly failures = POSTGRES_FAILURES;
  readonly #connection: Connection;
  readonly #begin: string;
  #state: "none" | "open" | "aborted" = "none";

  constructor(connection: Connection, begin: typeof BEGIN_WRITING | typeof BEGIN_READING) {
    this.#connection = connection;
    this.#begin = begin;
    this.driver = new PostgresDriver(connection, () => this.#abort());
  }

  /** What a lost connection had begun, the server undoes by itself. */
  get state(): "none" | "open" | "aborted" {
    return this.#connection.lost ? "none" : this.#state;
  }

  /** Its connection is gone: another one has to be opened. */
  get isLost(): boolean {
    return this.#connection.lost;
  }

  get writes(): number {
    return this.driver.writes;
  }

  async begin(): Promise<void> {
    await this.#say(this.#begin);
    this.#state = "open";
  }

  async commit(): Promise<void> {
    this.#state = "none"; // whatever it answers: the transaction is over
    const tag = await this.#say("COMMIT");
    if (tag !== "COMMIT") throw new NotCommitted(`the COMMIT was answered with ${tag}`);
  }

  async rollback(): Promise<void> {
    this.#state = "none";
    await this.#say("ROLLBACK");
  }

  async savepoint(): Promise<void> {
    await this.#say("SAVEPOINT operation");
  }

  async rollbackToSavepoint(): Promise<void> {
    await this.#say("ROLLBACK TO SAVEPOINT operation");
    this.#state = "open";
  }

  async releaseSavepoint(): Promise<void> {
    await this.#say("RELEASE SAVEPOINT operation");
  }

  /** Several nodes write to one database, and nothing tells one what the others have written. */
  othersWrote(): boolean {
    return true;
  }

  /** A statement that fails leaves nothing but a rollback to run. */
  #abort(): void {
    if (this.#state === "open") this.#state = "aborted";
  }

  async #say(text: string): Promise<string> {
    return (await this.#connection.query({ text })).command;
  }
}
