/** A certificate and its key: what the runtime takes, and a sentence for each way they are wrong. */
import assert from "node:assert/strict";
import { StartError } from "../../../lib/program/data_folder.ts";
import { readCertifiedKey } from "../../../lib/program/tls/certified_key.ts";
import { type CertificateFiles, makeCertificate } from "../../support/certificate.ts";
import { demand, withProgram } from "../../support/proxy.ts";

const HOST = "127.0.0.1";

async function inFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const read = ({ cert, key }: CertificateFiles) =>
  readCertifiedKey({ certificate: cert, key }, HOST);

async function sentence(files: CertificateFiles): Promise<string> {
  const error = await read(files).then(() => null, (error: unknown) => error);
  assert.ok(error instanceof StartError);
  assert.match(error.message, /^[A-Z][^\n]*\.$/, "one sentence");
  return error.message;
}

withProgram("openssl", "keys of every usual kind are taken", () =>
  inFolder(async (folder) => {
    const kinds = { p256: undefined, rsa: ["rsa:2048"], ed: ["ed25519"] };
    for (const [name, kind] of Object.entries(kinds)) {
      const files = await makeCertificate(folder, name, { ...(kind && { kind }) });
      assert.match((await read(files)).cert, /BEGIN CERTIFICATE/);
    }
    const [key, cert] = [`${folder}/old.key`, `${folder}/old.crt`];
    await demand("openssl", ["ecparam", "-name", "prime256v1", "-genkey", "-out", key]);
    await demand("openssl", ["req", "-x509", "-key", key, "-subj", "/CN=old", "-out", cert]);
    await read({ cert, key });
  }));

withProgram(
  "openssl",
  "what cannot be used is told in one sentence that names the setting",
  () =>
    inFolder(async (folder) => {
      const [one, other] = [
        await makeCertificate(folder, "one"),
        await makeCertificate(folder, "other"),
      ];
      const locked = `${folder}/locked.key`;
      await demand("openssl", [
        ...["pkey", "-in", one.key, "-aes256", "-passout", "pass:x", "-out", locked],
      ]);
      await Deno.writeTextFile(`${folder}/empty`, "");
      const cut = `${folder}/cut.crt`;
      await Deno.writeTextFile(cut, (await Deno.readTextFile(one.cert)).slice(0, 200));
      const cases: [Partial<CertificateFiles>, RegExp][] = [
        [{ cert: `${folder}/none` }, /^Cannot read the certificate .*TLS_CERT\): there is no such/],
        [{ key: `${folder}/none` }, /^Cannot read the key .*TLS_KEY\): there is no such file/],
        [{ key: folder }, /^Cannot read the key .*: it is a folder/],
        [{ cert: `${folder}/empty` }, /has no certificate in it/],
        [{ cert: one.key }, /TLS_CERT\) has no certificate in it/],
        [{ key: one.cert }, /TLS_KEY\) has no private key in it/],
        [{ key: locked }, /TLS_KEY\) has a password/],
        [{ key: other.key }, /does not belong to the certificate .* must come first/],
        [{ cert: cut }, /cannot be used: /],
      ];
      for (const [files, words] of cases) assert.match(await sentence({ ...one, ...files }), words);
    }),
);
