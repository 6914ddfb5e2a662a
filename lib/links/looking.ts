/** Joins what looks at pages: loaded with the first link. */
import type { Limit } from "../limits/limit.ts";
import { SiteBusy } from "./fetching.ts";
import { type Look, lookAt, type MakeSmall } from "./look.ts";
import { createSafeFetch } from "./safe_fetch.ts";

export interface LookingOptions {
  hostRate: Limit<string>;
  language(): string;
  makeSmall: MakeSmall | null;
  /** "host" or "host:port". */
  trusted: readonly string[];
  /** Lasts until the next piece of a page may be read. */
  turn(): Promise<void>;
}

export function createLook(
  { hostRate, language, makeSmall, trusted, turn }: LookingOptions,
): (url: URL, signal: AbortSignal) => Promise<Look | null> {
  const fetch = createSafeFetch({
    language,
    trusts: ({ host }) => trusted.includes(host),
    admit(host) {
      if (hostRate.spend(host) > 0) throw new SiteBusy("asked too often");
    },
  });
  return (url, signal) => lookAt(url, { fetch, makeSmall, turn }, signal);
}
