/** The path of a request's address. */

/** As a URL parser gives it; plain ones, and most are, need not be parsed for it. */
export function requestPath(url: string): string {
  const path = PLAIN.exec(url)?.[1];
  return path === undefined || path.includes("/.") ? new URL(url).pathname : path;
}

const PLAIN = /^https?:\/\/[^/?#]+(\/[\w./-]*)(?:\?|$)/;
