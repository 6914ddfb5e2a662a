/** Files over HTTP as a client sends and fetches them, for tests: written from the protocol alone. */
import assert from "node:assert/strict";
import type { File } from "../../lib/protocol/files.ts";
import type { Api, Problem } from "./api_client.ts";

/** The smallest PNG: one transparent pixel. */
export const PIXEL = Uint8Array.fromBase64(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
);

export interface FileAnswer<Body = Problem> {
  status: number;
  headers: Headers;
  bytes: Uint8Array<ArrayBuffer>;
  body: Body;
}

/** A request with bytes, answered with bytes. */
export async function sendBytes<Body = Problem>(
  api: Api,
  method: string,
  path: string,
  body?: BodyInit,
  headers: Record<string, string> = {},
): Promise<FileAnswer<Body>> {
  const response = await fetch(api.url + path, {
    method,
    redirect: "manual",
    headers: { ...api.headers, ...headers },
    ...(body === undefined ? {} : { body }),
  });
  const bytes = new Uint8Array(await response.arrayBuffer());
  const text = new TextDecoder().decode(bytes);
  const isJson = /json/.test(response.headers.get("content-type") ?? "");
  const parsed = isJson && text !== "" ? JSON.parse(text) : undefined;
  return { status: response.status, headers: response.headers, bytes, body: parsed };
}

/** As a form: what any script can do. */
export async function postForm(
  api: Api,
  bytes: Uint8Array<ArrayBuffer> | string,
  { name = "file.bin", type = "", field = "file", alt = null as string | null } = {},
): Promise<FileAnswer<File & Problem>> {
  const form = new FormData();
  form.append(field, new Blob([bytes], { type }), name);
  if (alt !== null) form.append("alt", alt);
  return await sendBytes(api, "POST", "/api/files", form);
}

/** A file that is there, and not sent yet. */
export async function uploadFile(
  api: Api,
  bytes: Uint8Array<ArrayBuffer> | string,
  name = "file.bin",
  type = "",
): Promise<File> {
  const answer = await postForm(api, bytes, { name, type });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return answer.body;
}

/** The beginning of an upload in parts. */
export async function beginUpload(api: Api, name: string, size: number): Promise<string> {
  const { id } = await api.post<{ id: number; offset: 0 }>("/api/files", {
    name,
    size,
    type: "application/octet-stream",
  });
  return `/api/files/${id}`;
}

/** The next part of it. */
export function sendPart<Body = File & Problem>(
  api: Api,
  path: string,
  offset: number,
  bytes: Uint8Array<ArrayBuffer> | string,
): Promise<FileAnswer<Body>> {
  return sendBytes<Body>(api, "PATCH", path, bytes, { "upload-offset": `${offset}` });
}

/** So many bytes that do not repeat soon. */
export function someBytes(length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += 65_536) {
    crypto.getRandomValues(bytes.subarray(at, Math.min(length, at + 65_536)));
  }
  return bytes;
}
