/**
 * A certificate and its key, as files hold them, and in a sentence what is wrong with them. It
 * knows files and TLS, and nothing about who uses them.
 */
import { StartError } from "../data_folder.ts";

/** In PEM; the certificate with its chain, the server's own first. */
export interface CertifiedKey {
  cert: string;
  key: string;
}

export interface CertifiedKeyFiles {
  certificate: string;
  key: string;
}

/** Reads both files and tries them. Throws `StartError` with one sentence for the operator. */
export async function readCertifiedKey(
  files: CertifiedKeyFiles,
  host: string,
): Promise<CertifiedKey> {
  const certifiedKey = {
    cert: await read(`the certificate ${files.certificate} (CONFAB_TLS_CERT)`, files.certificate),
    key: await read(`the key ${files.key} (CONFAB_TLS_KEY)`, files.key),
  };
  const fault = faultOf(certifiedKey, files, host);
  if (fault !== null) throw new StartError(fault);
  return certifiedKey;
}

async function read(what: string, file: string): Promise<string> {
  try {
    return await Deno.readTextFile(file);
  } catch (error) {
    throw new StartError(`Cannot read ${what}: ${why(error)}.`, { cause: error });
  }
}

function why(error: unknown): string {
  if (error instanceof Deno.errors.NotFound) return "there is no such file";
  if (error instanceof Deno.errors.IsADirectory) return "it is a folder";
  if (error instanceof Deno.errors.NotCapable) {
    return `Confab was not given permission; "deno task start" grants what the settings need, ` +
      "else add --allow-read";
  }
  if (error instanceof Deno.errors.PermissionDenied) {
    return "the user that Confab runs as may not read it";
  }
  return error instanceof Error ? error.message.replace(/\.$/, "") : String(error);
}

/**
 * Why the two cannot be used; `null` if they can. The runtime itself judges, by listening with them
 * for a moment on a free port of the host: what it would refuse later is refused here.
 */
export function faultOf(
  { cert, key }: CertifiedKey,
  files: CertifiedKeyFiles,
  host: string,
): string | null {
  if (!cert.includes("-----BEGIN CERTIFICATE-----")) {
    return `The file ${files.certificate} (CONFAB_TLS_CERT) has no certificate in it: it must be ` +
      'PEM text, with "BEGIN CERTIFICATE".';
  }
  if (/-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: 4,ENCRYPTED/m.test(key)) {
    return `The key ${files.key} (CONFAB_TLS_KEY) has a password, which nobody could type in at a ` +
      "start: save it without one (openssl pkey -in … -out …).";
  }
  if (!/-----BEGIN (?:\w+ )?PRIVATE KEY-----/.test(key)) {
    return `The file ${files.key} (CONFAB_TLS_KEY) has no private key in it: it must be PEM text, ` +
      'with "BEGIN PRIVATE KEY".';
  }
  try {
    Deno.listenTls({ hostname: host, port: 0, cert, key }).close();
    return null;
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return /KeyMismatch/.test(words)
      ? `The key ${files.key} (CONFAB_TLS_KEY) does not belong to the certificate ` +
        `${files.certificate} (CONFAB_TLS_CERT), where the server's own must come first.`
      : `The certificate ${files.certificate} (CONFAB_TLS_CERT) or its key ${files.key} ` +
        `(CONFAB_TLS_KEY) cannot be used: ${words.replace(/\.$/, "")}.`;
  }
}
