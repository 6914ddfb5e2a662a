/** Certificates for tests, made by openssl, and a look at the one that a server shows. */
import { connect } from "node:tls";
import { demand } from "./proxy.ts";

export interface CertificateFiles {
  cert: string;
  key: string;
}

export interface CertificateOptions {
  days?: number;
  /** Of openssl's "-newkey". */
  kind?: string[];
}

const P256 = ["ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"];

/** For "localhost", vouched for by nobody but itself: a client that is given it trusts it. */
export async function makeCertificate(
  folder: string,
  name: string,
  { days = 90, kind = P256 }: CertificateOptions = {},
): Promise<CertificateFiles> {
  const files = { cert: `${folder}/${name}.crt`, key: `${folder}/${name}.key` };
  await demand("openssl", [
    ...["req", "-x509", "-nodes", "-days", String(days), "-newkey", ...kind],
    ...["-subj", `/CN=${name}`, "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"],
    ...["-addext", "basicConstraints=critical,CA:FALSE"],
    ...["-keyout", files.key, "-out", files.cert],
  ]);
  return files;
}

/** A certificate of January 2020 for a key; only openssl's "ca" lets a day be chosen. */
export async function makeExpired(folder: string, key: string): Promise<string> {
  const at = (name: string) => `${folder}/expired.${name}`;
  await Deno.writeTextFile(at("index"), "");
  await Deno.writeTextFile(
    at("cnf"),
    `[ca]\ndefault_ca = own\n[own]\ndatabase = ${at("index")}\nnew_certs_dir = ${folder}\n` +
      "rand_serial = yes\ndefault_md = sha256\npolicy = any\nx509_extensions = v3\n" +
      "[any]\ncommonName = supplied\n[v3]\nsubjectAltName = DNS:localhost\n",
  );
  await demand("openssl", ["req", "-new", "-key", key, "-subj", "/CN=expired", "-out", at("csr")]);
  await demand("openssl", [
    ...["ca", "-batch", "-selfsign", "-config", at("cnf"), "-keyfile", key, "-in", at("csr")],
    ...["-startdate", "200101000000Z", "-enddate", "200131000000Z", "-out", at("crt")],
  ]);
  return at("crt");
}

/** The name in the certificate that a server on this machine shows now. */
export function shownName(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      host: "127.0.0.1",
      port,
      servername: "localhost",
      rejectUnauthorized: false,
    });
    socket.on("error", reject);
    socket.on("secureConnect", () => {
      const { subject } = socket.getPeerCertificate();
      socket.destroy();
      resolve(String(subject?.CN));
    });
  });
}

/** A file's own bytes, as `fetch` and WebSockets want certificates that they are to trust. */
export function trusting(...certs: string[]): Deno.HttpClient {
  return Deno.createHttpClient({ caCerts: certs.map((file) => Deno.readTextFileSync(file)) });
}
