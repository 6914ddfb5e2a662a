/** How a connection is encrypted, and how the server proves who it is. Reads certificates. */
import { findSystemAuthorities } from "../authorities.ts";
import type { SslMode, TlsAddress } from "./address.ts";

/** A file of the settings cannot be read; the message is for the operator. */
export class UnreadableFile extends Error {
  override readonly name = "UnreadableFile";
}

/** Options of `tls.connect`. */
export type TlsOptions = Record<string, unknown>;

/** Throws `UnreadableFile`. */
export async function readTlsOptions({ mode, authority, client }: TlsAddress): Promise<TlsOptions> {
  const options: TlsOptions = {
    rejectUnauthorized: mode === "verify-ca" || mode === "verify-full",
  };
  if (options.rejectUnauthorized) {
    const trusted = authority === "system"
      ? await readSystemAuthorities()
      : await readPem(authority.file, "sslrootcert");
    if (trusted !== null) options.ca = trusted;
  }
  if (mode === "verify-ca") options.checkServerIdentity = () => undefined;
  if (client === null) return options;
  return {
    ...options,
    cert: await readPem(client.certificate, "sslcert"),
    key: await readPem(client.key, "sslkey"),
    ...(client.keyPassword === null ? {} : { passphrase: client.keyPassword }),
  };
}

/** Whether to encrypt, in the order in which it is tried. */
export function attemptsOf(mode: SslMode, overSocket: boolean): readonly boolean[] {
  if (overSocket || mode === "disable") return [false];
  if (mode === "allow") return [false, true];
  return mode === "prefer" ? [true, false] : [true];
}

/** Null where this system keeps them elsewhere: then Mozilla's are taken, which Deno has. */
async function readSystemAuthorities(): Promise<string | null> {
  const file = await findSystemAuthorities();
  return file === null ? null : await readPem(file, "sslrootcert=system");
}

/** Asked for permission in advance: on a terminal Deno would stop and prompt the operator. */
async function readPem(path: string, parameter: string): Promise<string> {
  try {
    const { state } = await Deno.permissions.query({ name: "read", path });
    if (state !== "granted") {
      throw new Error(`Deno was not allowed to: add --allow-read=.,/usr/bin/ldd,${path}`);
    }
    return await Deno.readTextFile(path);
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw new UnreadableFile(`the file ${path} (${parameter}) cannot be read: ${reason}`, {
      cause: thrown,
    });
  }
}
