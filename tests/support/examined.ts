/** A file as it is looked at after it came, and what is left of it. */
import { examine } from "../../lib/files/inspecting/examine.ts";
import { openSent } from "../../lib/files/inspecting/sent_file.ts";
import { typeOf } from "../../lib/files/inspecting/type_of.ts";

/** @param source its bytes, or its path */
export function look(source: Uint8Array | string, name = "") {
  const copy = typeof source === "string" ? null : new Uint8Array(source);
  const file = openSent(copy ?? source as string);
  const { bytes } = file;
  const before = bytes.size;
  const type = typeOf(bytes, { name, type: "" });
  const measured = examine(bytes, type);
  if (measured !== null) file.keep();
  file.close();
  const size = measured === null ? before : bytes.size;
  return { type, measured, after: (copy ?? new Uint8Array()).slice(0, size) };
}

export function holds(bytes: Uint8Array, part: string | Uint8Array): boolean {
  return latin(bytes).includes(typeof part === "string" ? part : latin(part));
}

function latin(bytes: Uint8Array): string {
  return new TextDecoder("latin1").decode(bytes);
}

/** Every cut of it, and every place in its first bytes broken: none may throw or go on for ever. */
export function lookAtBroken(file: Uint8Array): void {
  for (let length = 0; length < file.length; length += 7) look(file.subarray(0, length));
  for (let at = 0; at < Math.min(file.length, 700); at += 3) {
    const broken = new Uint8Array(file);
    broken.fill(0xff, at, at + 4);
    look(broken);
  }
}
