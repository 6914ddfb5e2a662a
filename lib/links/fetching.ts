/**
 * What a fetch of somebody else's page is asked and answers, and why it may not be. Types, and the
 * refusal.
 */

export interface FetchOptions {
  /** The header of that name. */
  accept: string;
  /** Bytes of the body, once it is unpacked: after so many it ends as if it were all. */
  most: number;
  /** Milliseconds for all of it, with redirects. */
  patience: number;
  signal: AbortSignal;
}

export interface Fetched {
  /** Where it was found, behind all redirects. */
  url: URL;
  status: number;
  /** The header `Content-Type`; "" without. */
  type: string;
  /** At most once. Leaving the loop ends the connection. */
  body: AsyncIterable<Uint8Array>;
}

/** Opens a page, hands it over, and closes it when that is done. */
export type Fetch = <T>(
  url: URL,
  options: FetchOptions,
  take: (found: Fetched) => Promise<T>,
) => Promise<T>;

/** Its site is asked so often that it is to be asked later. */
export class SiteBusy extends Error {
  override readonly name = "SiteBusy";
}

/** It is not asked: the reason, for the log. */
export class FetchRefused extends Error {
  override readonly name = "FetchRefused";
}
