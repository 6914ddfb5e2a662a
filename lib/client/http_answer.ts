/** An answer over HTTP, as far as the engine reads it. Types only. */

/** What the engine reads of a `Response`. */
export interface HttpAnswer {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  json(): Promise<unknown>;
}
