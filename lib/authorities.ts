/** Where a system keeps the certificate authorities that it trusts. It knows no server. */

/**
 * The first that is there is taken. Deno could tell them, but only to a program that may ask the
 * system for anything.
 */
export const SYSTEM_AUTHORITIES = [
  "/etc/ssl/certs/ca-certificates.crt", // Debian, Ubuntu, Alpine, Arch
  "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", // Fedora, Red Hat
  "/etc/ssl/ca-bundle.pem", // SUSE
  "/etc/ssl/cert.pem", // macOS, the BSDs
];

/** The file, in PEM; `null` where this system keeps them elsewhere. */
export async function findSystemAuthorities(): Promise<string | null> {
  for (const file of SYSTEM_AUTHORITIES) {
    try {
      await Deno.stat(file);
      return file;
    } catch {
      continue;
    }
  }
  return null;
}
