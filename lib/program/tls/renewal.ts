/**
 * Looks whether the files of a certificate have changed, and hands on what is in them when it can
 * be used. It compares what is written, not when: so a swapped link, a renamed file and one written
 * in place are the same. It knows nothing about listening.
 */
import type { Logger } from "../log.ts";
import type { CertifiedKey } from "./certified_key.ts";

/** Between two looks, in milliseconds. Each reads two small files. */
const INTERVAL = 2_000;

export interface RenewalOptions {
  /** What is in use. */
  current: CertifiedKey;
  /** Reads both files. Throws an error with a sentence if they cannot be read or used. */
  read(): Promise<CertifiedKey>;
  /** Puts it to use. */
  renew(certifiedKey: CertifiedKey): Promise<void>;
  log: Logger;
}

/** Looks every two seconds until the returned function is called. */
export function watchRenewal(options: RenewalOptions): () => void {
  const renewal = new Renewal(options);
  let timer: ReturnType<typeof setTimeout>;
  let stopped = false;
  const look = async () => {
    await renewal.look();
    if (!stopped) timer = setTimeout(look, INTERVAL);
  };
  timer = setTimeout(look, INTERVAL);
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

/**
 * What is found counts when two looks in a row have found it: the two files are not written at the
 * same moment, nor each at once.
 */
export class Renewal {
  readonly #options: RenewalOptions;
  #inUse: string;
  /** What the last look found: the files' text, or why they cannot be used. */
  #found: string;
  /** The fault that the log knows of. */
  #told: string | null = null;

  constructor(options: RenewalOptions) {
    this.#options = options;
    this.#inUse = this.#found = textOf(options.current);
  }

  /** Never throws. */
  async look(): Promise<void> {
    const { read, renew, log } = this.#options;
    try {
      const certifiedKey = await read();
      const text = textOf(certifiedKey);
      if (!this.#isSettled(text)) return;
      this.#told = null;
      if (text === this.#inUse) return;
      this.#inUse = text;
      await renew(certifiedKey);
      log.info("the certificate on the disk is in use now");
    } catch (error) {
      const fault = error instanceof Error ? error.message : String(error);
      if (!this.#isSettled(fault) || this.#told === fault) return;
      this.#told = fault;
      log.error("the certificate on the disk is not used; the one before stays in use", { fault });
    }
  }

  #isSettled(found: string): boolean {
    const before = this.#found;
    this.#found = found;
    return found === before;
  }
}

function textOf({ cert, key }: CertifiedKey): string {
  return `${cert}\n${key}`;
}
