/**
 * How one file's bytes reach the server: begun by a request, then sent in parts, each from where the
 * server is; what came of a part that broke off counts. It must not know when to try again.
 */
import { answerProblem, type Api } from "./api.ts";
import type { Clock, HttpAnswer } from "./environment.ts";
import type { BytesRequest, FileGround, SentFile } from "./file_ground.ts";
import { RequestError, unreachable } from "./request_error.ts";
import { Unreadable } from "./upload_faults.ts";
import type { VoiceNote } from "./uploads_model.ts";

/**
 * Bytes of the first part: what a proxy of the common kind lets through unless it is told otherwise.
 * Later ones take about `PART_TIME` (ms) each, so that little is sent again after a break.
 */
const FIRST_PART = 1024 * 1024;
const SMALLEST_PART = 16 * 1024;
const LARGEST_PART = 8 * 1024 * 1024;
const PART_TIME = 4_000;
/** The server disagrees about where it is this often, then it is tried again later. */
const MOST_CONFLICTS = 3;

export interface UploadJob {
  bytes: Blob;
  name: string;
  type: string;
  alt: string;
  voice: VoiceNote | null;
  /** Where it has begun before. */
  upload: number | null;
  /** It has begun. Not called where it was given up meanwhile. */
  begun(upload: number): void;
  /** So many bytes have arrived. */
  progress(sent: number): void;
  signal: AbortSignal;
}

export interface LineOptions {
  api: Api;
  clock: Clock;
  ground: FileGround;
  /** Whose page it is, sent with each request. */
  whose: Record<string, string>;
}

/** Rejects with `RequestError`; with `Unreadable`. */
export async function transfer(line: LineOptions, job: UploadJob): Promise<SentFile> {
  let upload = job.upload;
  let offset = upload === null ? 0 : await offsetOf(line, upload, job.signal);
  // It was forgotten there: nobody went on with it for too long.
  if (upload === null || offset === null) {
    upload = await begin(line, job);
    offset = 0;
  }
  let part = FIRST_PART;
  for (let conflicts = 0;;) {
    job.progress(offset);
    const started = line.clock.ticks();
    const answer = await put(line, job, upload, offset, part);
    if (answer.ok) {
      if (answer.status !== 204) return await fileIn(answer);
      const reached = Number(answer.headers.get("upload-offset") ?? NaN);
      if (!(reached > offset)) throw unreachable();
      part = nextPart(reached - offset, line.clock.ticks() - started);
      offset = reached;
      continue;
    }
    const error = await answerProblem(answer);
    const isProxys = error.code === "too_large" && error.limit === undefined;
    if (isProxys && part > SMALLEST_PART) part = Math.max(SMALLEST_PART, part / 4);
    else if (error.code === "conflict" && ++conflicts <= MOST_CONFLICTS) {
      offset = await offsetOf(line, upload, job.signal) ?? gone();
    } else throw error;
  }
}

/** Takes an upload back. The server forgets it some day anyway. */
export function abandon({ api }: Pick<LineOptions, "api">, upload: number): void {
  api("DELETE", `/api/files/${upload}`).catch(() => {});
}

async function begin(line: LineOptions, job: UploadJob): Promise<number> {
  const { bytes, name, type, alt, voice, signal } = job;
  const { id } = await line.api<{ id: number }>("POST", "/api/files", {
    name,
    size: bytes.size,
    type,
    ...(alt === "" ? {} : { alt }),
    ...(voice === null ? {} : { voice }),
  });
  if (signal.aborted) {
    abandon(line, id);
    throw unreachable();
  }
  job.begun(id);
  return id;
}

/** Null: there is no such upload. */
async function offsetOf(
  line: LineOptions,
  upload: number,
  signal: AbortSignal,
): Promise<number | null> {
  const answer = await reach(line, {
    method: "HEAD",
    path: `/api/files/${upload}`,
    headers: line.whose,
    body: null,
    progress: () => {},
    signal,
  });
  if (answer.status === 404) return null;
  const offset = Number(answer.headers.get("upload-offset") ?? NaN);
  if (answer.ok && offset >= 0) return offset;
  throw await answerProblem(answer);
}

/** All of what is left where that is little: an upload ends with the part that completes it. */
async function put(
  line: LineOptions,
  job: UploadJob,
  upload: number,
  offset: number,
  part: number,
): Promise<HttpAnswer> {
  const body = await read(job.bytes.slice(offset, offset + part));
  return await reach(line, {
    method: "PATCH",
    path: `/api/files/${upload}`,
    headers: {
      ...line.whose,
      "content-type": "application/octet-stream",
      "upload-offset": String(offset),
    },
    body,
    progress: (sent) => job.progress(offset + sent),
    signal: job.signal,
  });
}

/** Bytes that cannot be read would look like a broken connection. */
async function read(part: Blob): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await part.arrayBuffer());
  } catch {
    throw new Unreadable();
  }
}

async function reach({ ground }: LineOptions, request: BytesRequest): Promise<HttpAnswer> {
  try {
    return await ground.send(request);
  } catch {
    throw unreachable();
  }
}

async function fileIn(answer: HttpAnswer): Promise<SentFile> {
  try {
    return await answer.json() as SentFile;
  } catch {
    throw unreachable();
  }
}

function nextPart(bytes: number, milliseconds: number): number {
  const wanted = bytes * PART_TIME / Math.max(1, milliseconds);
  return Math.round(Math.max(SMALLEST_PART, Math.min(LARGEST_PART, wanted, bytes * 4)));
}

function gone(): never {
  throw new RequestError("not_found", "The upload is no longer there.");
}
