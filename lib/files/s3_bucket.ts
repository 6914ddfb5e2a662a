/**
 * Requests to a bucket: signed, tried again where that may help, and given up where nothing moves.
 * It knows objects by their names, and no blobs.
 */
import type { EventLoop } from "../event_loop.ts";
import { signedAddress, signedHeaders, type SigningKeys } from "./s3_signing.ts";
import { type ListedObject, readListing } from "./s3_listing.ts";

export interface BucketOptions extends SigningKeys {
  /** "https://HOST/BUCKET", or "https://BUCKET.HOST". */
  url: string;
  /** The same, as browsers reach it; null if they do not. */
  linksUrl: string | null;
  /** Within the bucket: "" or "folder/". */
  folder: string;
  fetch: typeof fetch;
  /** Wall clock, ms since the epoch: signatures are of a time. */
  now(): number;
  loop: Pick<EventLoop, "after" | "every">;
  /** From 0 to 1. */
  random(): number;
}

/** What a bucket answers that is no success. */
export class BucketError extends Error {
  override readonly name = "BucketError";

  constructor(readonly status: number, what: string, answer: string) {
    const [, code] = /<Code>([^<]{1,100})<\/Code>/.exec(answer) ?? [];
    const [, message] = /<Message>([^<]{1,300})<\/Message>/.exec(answer) ?? [];
    super(`${what}: ${[status, code, message].filter((part) => part !== undefined).join(" ")}`);
  }
}

/** Gives the bytes anew at each try. */
export interface BodyToPut {
  length: number;
  open(): Promise<Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>>>;
}

interface ToAsk {
  method: "GET" | "HEAD" | "PUT" | "DELETE";
  /** Below the bucket's folder. */
  name: string;
  query?: Record<string, string>;
  /** Not signed: proxies on the way may change them. */
  headers?: Record<string, string>;
  body?: BodyToPut;
}

const TRIES = 4;
/** Before the second try, doubled before each that follows (ms). */
const FIRST_PAUSE = 200;
/** Neither a byte taken nor an answer begun for so long: it hangs (ms). */
const PATIENCE = 60_000;

export class Bucket {
  readonly #options: BucketOptions;

  constructor(options: BucketOptions) {
    this.#options = options;
  }

  async put(name: string, body: BodyToPut): Promise<void> {
    await drain(await this.#ask({ method: "PUT", name, body }));
  }

  /** Null if there is no such object. The body must be read or cancelled. */
  async get(name: string, range?: { from: number; to: number }): Promise<Response | null> {
    const headers = range && { range: `bytes=${range.from}-${range.to}` };
    return await this.#ask({ method: "GET", name, ...(headers && { headers }) }, [404]);
  }

  /** Null if there is no such object. */
  async size(name: string): Promise<number | null> {
    const answer = await this.#ask({ method: "HEAD", name }, [404]);
    await answer?.body?.cancel();
    return answer === null ? null : Number(answer.headers.get("content-length"));
  }

  async remove(name: string): Promise<void> {
    await drain(await this.#ask({ method: "DELETE", name }, [404]));
  }

  /** Every object whose name begins so, by its name. */
  async *list(prefix: string): AsyncGenerator<ListedObject> {
    const { folder: above } = this.#options;
    let token: string | null = null;
    do {
      const query: Record<string, string> = { "list-type": "2", prefix: `${above}${prefix}` };
      if (token !== null) query["continuation-token"] = token;
      const answer: Response | null = await this.#ask({ method: "GET", name: "", query });
      const { objects, next } = readListing(await answer!.text());
      for (const each of objects) {
        if (each.name.startsWith(above)) yield { ...each, name: each.name.slice(above.length) };
      }
      token = next;
    } while (token !== null);
  }

  /** An address that holds for so many seconds; null where browsers do not reach the bucket. */
  async link(
    name: string,
    query: Record<string, string>,
    seconds: number,
  ): Promise<string | null> {
    const { linksUrl, folder, now } = this.#options;
    if (linksUrl === null) return null;
    const url = new URL(`${linksUrl}/${folder}${name}`);
    for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value);
    return await signedAddress(this.#options, url, { now: now(), seconds });
  }

  /** Null for an answer that the caller expects instead of a success. */
  async #ask(asked: ToAsk, expected: readonly number[] = []): Promise<Response | null> {
    for (let tried = 1;; tried++) {
      const last = tried === TRIES;
      const answer = await this.#send(asked).catch((error) => {
        if (last) throw error;
        return null;
      });
      if (answer?.ok) return answer;
      if (answer !== null && expected.includes(answer.status)) {
        await answer.body?.cancel();
        return null;
      }
      const mayHelp = answer === null || answer.status >= 500 || answer.status === 429;
      if (answer !== null && (last || !mayHelp)) {
        const text = (await answer.text().catch(() => "")).slice(0, 10_000);
        throw new BucketError(answer.status, `${asked.method} of an object`, text);
      }
      await answer?.body?.cancel();
      await this.#pause(FIRST_PAUSE * 2 ** (tried - 1) * (0.5 + this.#options.random() / 2));
    }
  }

  async #send({ method, name, query = {}, headers = {}, body }: ToAsk): Promise<Response> {
    const { fetch, now, url: bucket, folder } = this.#options;
    // Lists ask the bucket itself.
    const url = new URL(name === "" ? bucket : `${bucket}/${folder}${name}`);
    for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value);
    const all = await signedHeaders(this.#options, { method, url, headers: {} }, now());
    for (const [key, value] of Object.entries(headers)) all.set(key, value);
    // A compressed answer would have another length.
    all.set("accept-encoding", "identity");
    if (body !== undefined) all.set("content-length", String(body.length));
    const hanging = new Hanging(this.#options.loop);
    const bytes = await body?.open();
    const sent = bytes instanceof ReadableStream ? bytes.pipeThrough(hanging.watch()) : bytes;
    try {
      const answer = await fetch(url, {
        method,
        headers: all,
        redirect: "manual",
        signal: hanging.signal,
        ...(sent !== undefined && { body: sent }),
      });
      if (answer.body === null) return answer;
      return new Response(hanging.watchBody(answer.body), answer);
    } finally {
      hanging.over();
    }
  }

  async #pause(ms: number): Promise<void> {
    await new Promise<void>((resolve) => this.#options.loop.after(ms, resolve));
  }
}

/** Aborts a request when nothing has moved for `PATIENCE`. */
class Hanging {
  readonly #abort = new AbortController();
  readonly #loop: Pick<EventLoop, "every">;
  /** The answer has begun, or there is none. */
  readonly over: () => void;
  #moved = true;

  constructor(loop: Pick<EventLoop, "every">) {
    this.#loop = loop;
    this.over = loop.every(PATIENCE, () => {
      if (!this.#moved) this.#abort.abort(hangs());
      this.#moved = false;
    });
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  watch(): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
    return new TransformStream({
      transform: (chunk, controller) => {
        this.#moved = true;
        controller.enqueue(chunk);
      },
    });
  }

  /** Of an answer: what its reader does not ask for yet may take as long as it likes. */
  watchBody(
    body: ReadableStream<Uint8Array<ArrayBuffer>>,
  ): ReadableStream<Uint8Array<ArrayBuffer>> {
    const reader = body.getReader();
    return new ReadableStream<Uint8Array<ArrayBuffer>>({
      pull: async (controller) => {
        const stop = this.#loop.every(PATIENCE, () => {
          stop();
          controller.error(hangs());
          this.#abort.abort(hangs());
        });
        try {
          const { value, done } = await reader.read();
          if (done) controller.close();
          else controller.enqueue(value);
        } finally {
          stop();
        }
      },
      cancel: (reason) => reader.cancel(reason),
    }, { highWaterMark: 0 });
  }
}

function hangs(): Error {
  return new Error("The bucket does not answer.");
}

async function drain(answer: Response | null): Promise<void> {
  await answer?.body?.cancel();
}
