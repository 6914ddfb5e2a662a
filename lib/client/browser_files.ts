/** What files on their way need of a browser: loaded with the first file. */
import type { HttpAnswer } from "./environment.ts";
import type { BytesRequest, FileGround } from "./file_ground.ts";
import { createIndexedFiles } from "./file_storage.ts";
import { PictureThread } from "./picture_thread.ts";

/** Nothing left for so long (ms): the connection is dead. */
const STALLED_AFTER = 30_000;
/** All has left; the server looks at the file before it answers (ms). */
const ANSWER_WITHIN = 120_000;

/** @param instance names the server's database */
export function browserFiles(instance: string): FileGround {
  const pictures = new PictureThread();
  void forgetOthers(instance);
  return {
    storage: createIndexedFiles(() => indexedDB, instance),
    send: sendBytes,
    measure: (bytes) => pictures.measure(bytes),
  };
}

/** What waited for another server's database at this address will never be sent. Never rejects. */
async function forgetOthers(instance: string): Promise<void> {
  try {
    for (const { name = "" } of await indexedDB.databases()) {
      const isOthers = name.startsWith("confab-files-") && name !== `confab-files-${instance}`;
      if (isOthers) indexedDB.deleteDatabase(name);
    }
  } catch {
    // A browser that does not tell which there are.
  }
}

/** By `XMLHttpRequest`: `fetch` does not tell how much has left. */
function sendBytes({ method, path, headers, body, progress, signal }: BytesRequest) {
  const request = new XMLHttpRequest();
  let timer: ReturnType<typeof setTimeout>;
  const within = (milliseconds: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => request.abort(), milliseconds);
  };
  const abort = () => request.abort();
  return new Promise<HttpAnswer>((resolve, reject) => {
    request.open(method, path);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded }) => {
      within(STALLED_AFTER);
      progress(loaded);
    };
    request.upload.onload = () => within(ANSWER_WITHIN);
    request.onload = () => resolve(answerOf(request));
    request.onerror = request.onabort = () => reject(new TypeError("no answer"));
    if (signal.aborted) return reject(new TypeError("given up"));
    signal.addEventListener("abort", abort);
    within(STALLED_AFTER);
    request.send(body);
  }).finally(() => {
    clearTimeout(timer);
    signal.removeEventListener("abort", abort);
  });
}

function answerOf(request: XMLHttpRequest): HttpAnswer {
  const { status, responseText } = request;
  return {
    ok: status >= 200 && status < 300,
    status,
    headers: { get: (name) => request.getResponseHeader(name) },
    json: () => Promise.resolve(responseText).then((text) => JSON.parse(text)),
  };
}
