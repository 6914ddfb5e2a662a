/**
 * Files of a program that has no page: a bot, a script. They go up in parts, so that a bad network
 * costs a part and no more, and come down as streams. It must not know messages.
 */
import type { File } from "../protocol/files.ts";
import { answerProblem } from "./api.ts";
import { RequestError, unreachable } from "./request_error.ts";

/** Bytes of a part, and how long it may take, in milliseconds. */
const PART = 4 * 1024 * 1024;
const PART_WITHIN = 120_000;
/** How often a part is tried, and how long it waits before it is tried again. */
const TRIES = 5;
const PAUSE = 1_000;

export interface FileToSend {
  name: string;
  bytes: Blob | Uint8Array<ArrayBuffer>;
  /** A MIME type, where the content does not tell it. */
  type?: string;
  /** What is to be seen on it, for who cannot see it. */
  alt?: string;
}

export interface ProgramFilesOptions {
  /** Where the server is, without a path. */
  url: string;
  token(): string | null;
}

export class ProgramFiles {
  readonly #options: ProgramFilesOptions;

  constructor(options: ProgramFilesOptions) {
    this.#options = options;
  }

  /** Resolves when the server has it all. Rejects with `RequestError`. */
  async upload({ name, bytes, type = "", alt = "" }: FileToSend): Promise<File> {
    const blob = bytes instanceof Blob ? bytes : new Blob([bytes]);
    const wish = { name, size: blob.size, type, alt };
    const begun = await this.#call("POST", "/api/files", {
      headers: { "content-type": "application/json" },
      body: JSON.stringify(wish),
    });
    const { id } = await begun.json() as { id: number };
    const path = `/api/files/${id}`;
    for (let offset = 0, tries = 0;;) {
      try {
        const part = blob.slice(offset, offset + PART);
        const headers = { "upload-offset": String(offset) };
        const answer = await this.#call("PATCH", path, { headers, body: part });
        if (answer.status === 200) return await answer.json() as File;
        offset = offsetOf(answer);
        tries = 0;
      } catch (error) {
        if (++tries >= TRIES || !mayPass(error)) throw error;
        await new Promise((resolve) => setTimeout(resolve, PAUSE * tries));
        const head = await this.#call("HEAD", path, {}).catch(() => null);
        if (head !== null) offset = offsetOf(head);
      }
    }
  }

  /** The bytes, as they come; they must be read to their end or cancelled. */
  read({ url }: Pick<File, "url">): Promise<Response> {
    return this.#call("GET", url, { signal: null });
  }

  async #call(method: string, path: string, init: RequestInit): Promise<Response> {
    const token = this.#options.token();
    const headers = new Headers(init.headers);
    if (token !== null) headers.set("authorization", `Bearer ${token}`);
    const signal = AbortSignal.timeout(PART_WITHIN);
    let answer: Response;
    try {
      const request = { signal, ...init, method, headers };
      answer = await fetch(new URL(path, this.#options.url), request);
    } catch {
      throw unreachable();
    }
    if (answer.ok) return answer;
    throw await answerProblem(answer);
  }
}

function offsetOf({ headers }: Response): number {
  return Number(headers.get("upload-offset") ?? 0);
}

function mayPass(error: unknown): boolean {
  return error instanceof RequestError &&
    ["offline", "unavailable", "conflict", "rate_limited"].includes(error.code);
}
