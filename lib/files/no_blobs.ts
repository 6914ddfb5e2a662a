/** Where the settings say that no files are kept: there are none, and none can be kept. */
import { ConfabError } from "../errors.ts";
import type { Blobs } from "./blobs.ts";

const refuse = (): Promise<never> =>
  Promise.reject(new ConfabError("unavailable", "This server keeps no files."));
const nothing = async function* (): AsyncGenerator<never> {};

export const NO_BLOBS: Blobs = {
  failing: false,
  append: refuse,
  finish: refuse,
  put: refuse,
  received: () => Promise.resolve(0),
  isBlob: () => Promise.resolve(false),
  drop: () => Promise.resolve(),
  read: () => Promise.resolve(null),
  remove: () => Promise.resolve(),
  list: nothing,
  uploads: nothing,
  link: () => Promise.resolve(null),
  freeBytes: () => Promise.resolve(null),
};
