/**
 * Why PostgreSQL cannot be used, in a sentence that tells the operator what to do. No sentence holds
 * a password, a value of a row or a stack.
 */
import { type PostgresAddress, showAddress } from "./address.ts";

/** The database cannot be used; the message is for the operator. */
export class CannotConnect extends Error {
  override readonly name = "CannotConnect";

  constructor(address: PostgresAddress, thrown: unknown) {
    const reason = explain(thrown, address).replace(/[^?.]$/, "$&.");
    super(`Cannot open ${showAddress(address)}: ${reason}`, { cause: thrown });
  }
}

type Sentence = (address: PostgresAddress, message: string) => string;

/** By the code that the network, TLS or the server gave: libuv's, OpenSSL's, SQLSTATEs. */
const SENTENCES: Readonly<Record<string, Sentence>> = {
  ECONNREFUSED: () => "nothing listens there; is PostgreSQL running, and is the address right?",
  ENOENT: () => "there is no such socket; is PostgreSQL running, and is the folder right?",
  EACCES: () => "this user may not use its socket",
  ENOTFOUND: unknownHost,
  EAI_AGAIN: unknownHost,
  EHOSTUNREACH: () => "no network leads there",
  ENETUNREACH: () => "no network leads there",
  ERR_TLS_CERT_ALTNAME_INVALID: ({ host }) =>
    `its certificate is for other names than "${host}" (sslmode=verify-full compares them)`,
  CERT_HAS_EXPIRED: () => "its certificate has expired",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  DEPTH_ZERO_SELF_SIGNED_CERT: unknownAuthority,
  "28P01": ({ user }) => `the password of the user "${user}" is wrong, or there is no such user`,
  "3D000": ({ database, user }) =>
    `there is no such database; make it with: CREATE DATABASE "${database}" OWNER "${user}" ` +
    "ENCODING 'UTF8' TEMPLATE template0",
  "42501": ({ user, database }, message) =>
    `the user "${user}" may not do what Confab needs (${message}); let it own the database: ` +
    `ALTER DATABASE "${database}" OWNER TO "${user}"`,
  "25006": () => "it is a standby, which takes no writes; name the primary",
  "3F000": () => "no schema of its search_path exists; create one, or set another search_path",
  "40P01": tableInUse,
  "55P03": tableInUse,
  "53300": () =>
    "it has no connection left; raise its max_connections (Confab takes up to 10 for a node)",
};

/** What went wrong, to stand after "Cannot open …: ". */
function explain(thrown: unknown, address: PostgresAddress): string {
  if (!(thrown instanceof Error)) return "something was thrown that is no error";
  if (/^(timeout expired|Query read timeout)$/.test(thrown.message)) {
    return "it does not answer; is the address right, and does a firewall let Confab through?";
  }
  if (thrown.message === "The server does not support SSL connections") {
    return `it offers no TLS, which sslmode=${address.tls.mode} demands`;
  }
  const code = codeOf(thrown);
  return code === null || !Object.hasOwn(SENTENCES, code)
    ? thrown.message
    : SENTENCES[code]!(address, thrown.message);
}

function tableInUse(): string {
  return "another program has kept a table locked for more than a minute, which has to change for " +
    "this version; start again when that backup or query has ended (pg_stat_activity shows it)";
}

function unknownHost({ host }: PostgresAddress): string {
  return `no host is known as "${host}"`;
}

function unknownAuthority({ tls: { authority } }: PostgresAddress): string {
  return authority === "system"
    ? "its certificate is not signed by an authority that this machine trusts; name the one that " +
      "signed it by sslrootcert=FILE"
    : `its certificate is not signed by the authority in ${authority.file} (sslrootcert)`;
}

/** Several addresses of one host are tried in turn: then the first one's failure is told. */
function codeOf(thrown: Error): string | null {
  const first = thrown instanceof AggregateError ? thrown.errors[0] : thrown;
  return typeof first?.code === "string" ? first.code : null;
}
