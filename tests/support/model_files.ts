/**
 * A server's uploads, small enough to be believed, behind a network in the test's hand: each request
 * may be lost before it arrives, break off on its way, or lose its answer.
 */
import type { HttpAnswer, HttpRequest } from "../../lib/client/environment.ts";
import type { BytesRequest, SentFile } from "../../lib/client/file_ground.ts";
import { httpAnswer } from "./http_answer.ts";

interface Stored {
  id: number;
  name: string;
  type: string;
  size: number;
  alt: string;
  voice?: { waveform: number[] };
  bytes: number[];
}

/** What becomes of a request: `broken` after half of its body. */
export type Fate = "arrives" | "lost" | "broken" | "unanswered";

interface Refusal {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

export class ModelFiles {
  readonly uploads = new Map<number, Stored>();
  /** `POST /api/files`, `PATCH 1 0` with the offset, and so on, as they arrived. */
  readonly log: string[] = [];
  fate: (request: string) => Fate = () => "arrives";
  /** The next requests are refused with these. */
  refusals: Refusal[] = [];
  #count = 0;

  constructor(readonly most = Infinity) {}

  /** JSON, as the engine's `fetch` sends it. */
  async json(path: string, { method, body }: HttpRequest): Promise<HttpAnswer> {
    const asked = `${method} ${path}`;
    return await this.#carry(asked, () => {
      const id = Number(path.split("/").at(-1));
      if (method === "POST") return this.#begin(JSON.parse(body!));
      const upload = this.uploads.get(id);
      if (upload === undefined) return problem(404, "not_found");
      if (method === "DELETE") {
        this.uploads.delete(id);
        return httpAnswer(204, null);
      }
      upload.alt = JSON.parse(body!).alt.trim();
      return httpAnswer(200, fileOf(upload));
    });
  }

  async send({ method, path, headers, body, progress, signal }: BytesRequest): Promise<HttpAnswer> {
    const id = Number(path.split("/").at(-1));
    const offset = headers["upload-offset"];
    const asked = method === "HEAD" ? `HEAD ${id}` : `PATCH ${id} ${offset}`;
    return await this.#carry(asked, (half) => {
      const upload = this.uploads.get(id);
      if (upload === undefined) return problem(404, "not_found");
      if (method === "HEAD") return httpAnswer(200, null, offsetOf(upload));
      if (Number(offset) !== upload.bytes.length) return problem(409, "conflict");
      const came = half ? body!.subarray(0, body!.length >> 1) : body!;
      progress(came.length);
      upload.bytes = [...upload.bytes, ...came];
      return upload.bytes.length === upload.size
        ? httpAnswer(200, fileOf(upload))
        : httpAnswer(204, null, offsetOf(upload));
    }, signal);
  }

  /** The file, if it is one that has arrived. */
  file(id: number): SentFile | undefined {
    const upload = this.uploads.get(id);
    return upload && upload.bytes.length === upload.size ? fileOf(upload) : undefined;
  }

  #begin({ name, size, type, alt = "", voice }: Stored): HttpAnswer {
    if (size > this.most) return problem(413, "too_large", { limit: this.most });
    const id = ++this.#count;
    this.uploads.set(id, { id, name, size, type, alt, bytes: [], ...(voice ? { voice } : {}) });
    return httpAnswer(201, { id, offset: 0 });
  }

  async #carry(
    asked: string,
    run: (half: boolean) => HttpAnswer,
    signal?: AbortSignal,
  ): Promise<HttpAnswer> {
    await Promise.resolve();
    if (signal?.aborted) throw new TypeError("given up");
    const fate = this.fate(asked);
    if (fate === "lost") throw new TypeError("lost");
    this.log.push(asked);
    const refusal = this.refusals.shift();
    if (refusal) return httpAnswer(refusal.status, refusal.body, refusal.headers);
    const answer = run(fate === "broken");
    await Promise.resolve();
    if (fate !== "arrives" || signal?.aborted) throw new TypeError(fate);
    return answer;
  }
}

function offsetOf({ bytes }: Stored) {
  return { "upload-offset": String(bytes.length) };
}

function problem(status: number, code: string, more: object = {}): HttpAnswer {
  return httpAnswer(status, { code, detail: code, ...more });
}

function fileOf({ id, name, type, size, alt, voice }: Stored): SentFile {
  const url = `/files/${id}/${name}`;
  const seen = { width: null, height: null, duration: null, thumbnail: null, blur: null };
  return { id, name, type, size, ...seen, url, alt, ...(voice ? { voice } : {}) };
}
