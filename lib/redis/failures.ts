/**
 * What went wrong with a Redis, in words for the operator: libraries and servers say it in a dozen
 * ways. Pure; no secret is repeated.
 */
import {
  type RedisAddress,
  redisFiles,
  redisPermission,
  redisSocket,
  showRedis,
} from "./address.ts";

/** Redis cannot be used; the message is a sentence that names its address. */
export class RedisError extends Error {
  override readonly name = "RedisError";

  /**
   * @param reason what is wrong, without the address
   * @param operator whether only a person can help: a setting is wrong, here or there. Otherwise
   *   Redis is away, and may come back by itself.
   */
  constructor(
    address: RedisAddress,
    readonly reason: string,
    readonly operator: boolean,
    options?: ErrorOptions,
  ) {
    super(`Cannot use Redis at ${showRedis(address)}: ${reason}.`, options);
  }
}

/** The error in words; one that is in words already stays as it is. */
export function explainRedis(error: unknown, address: RedisAddress): RedisError {
  if (error instanceof RedisError) return error;
  const text = textOf(error);
  const [, reason, operator = false] = REASONS.find(([pattern]) => pattern.test(text)) ?? [];
  const words = reason?.(address) ?? `it failed: ${text.slice(0, 200)}`;
  return new RedisError(address, words, operator, { cause: error });
}

type Reason = readonly [RegExp, (address: RedisAddress) => string, boolean?];

/** The first that fits counts. */
const REASONS: readonly Reason[] = [
  [
    /NotCapable|Requires (net|read|write) access/,
    (address) =>
      `Deno was not given permission; "deno task start" grants what the settings need, else add ` +
      `--allow-net=${redisPermission(address)}` +
      [...redisFiles(address), ...redisSocket(address)].map((file) => ` --allow-read=${file}`)
        .join("") +
      redisSocket(address).map((file) => ` --allow-write=${file}`).join(""),
    true,
  ],
  [/readfile/, (address) => `one of ${ownFiles(address)} cannot be read`, true],
  [/ENOTFOUND|EAI_AGAIN|failed to lookup/i, () => "there is no host of this name", true],
  [/ECONNREFUSED|ENOENT/, () => "nothing listens there"],
  // One without TLS takes the greeting for the beginning of a command, and waits for the rest.
  [/no greeting/, ({ tls }) => `it does not answer${tls === null ? "" : "; does it speak TLS?"}`],
  [/timed? ?out|ETIMEDOUT/i, () => "it does not answer"],
  [/WRONGPASS|invalid password/i, () => "it refuses this user or this password", true],
  [/NOAUTH/, () => "it wants a password, and the URL has none", true],
  [
    /without any password configured/,
    () => "the URL has a password, but this Redis knows none",
    true,
  ],
  [
    /NOPERM/,
    () => "this user may not do all that Confab needs (PUBLISH, SUBSCRIBE, its keys)",
    true,
  ],
  [
    /DB index|invalid database/i,
    ({ database }) => `it has no database with the number ${database}`,
    true,
  ],
  [/max number of clients/, () => "it has no place for another client"],
  [/LOADING/, () => "it is still loading its data"],
  [/unknown command|wrong number of arguments/i, () => "it is older than Redis 6", true],
  [/READONLY/, () => "it is a read-only replica", true],
  [
    /certificate|UnknownIssuer|self.signed|UNABLE_TO_VERIFY|NotValidForName|ALTNAME|CERT_/i,
    () =>
      "its certificate is not trusted; name your certificate authority with ?ssl_ca_certs=FILE, " +
      "and the server as its certificate names it",
    true,
  ],
  [
    /InvalidContentType|corrupt message|wrong version number|EPROTO/i,
    () => "it does not speak TLS; the URL should begin with redis://",
    true,
  ],
  [
    /Unknown RESP type|not Redis/i,
    () => "what answers there is no Redis, or wants TLS (rediss://)",
    true,
  ],
  [
    /closed at once/,
    ({ tls }) =>
      tls === null
        ? "it closed the connection at once; does it want TLS (rediss://)?"
        : "it closed the connection at once; does it want a client's certificate (ssl_certfile)?",
  ],
  [/closed|ECONNRESET|EPIPE|EOF|disconnects/i, () => "it closed the connection"],
];

function ownFiles({ tls }: RedisAddress): string {
  return [tls?.authority, tls?.client?.certificate, tls?.client?.key].filter(Boolean).join(", ");
}

/** The codes of an error and of its causes count as much as its words. */
function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as { code?: unknown }; // Node's errors have one
  const own = [error.name, code, error.message].filter((each) => typeof each === "string");
  return [...own, error.cause === undefined ? "" : textOf(error.cause)].join(" ").trim();
}
