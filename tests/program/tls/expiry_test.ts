/** The log says in time that a certificate will not last. */
import assert from "node:assert/strict";
import { createLogger } from "../../../lib/program/log.ts";
import { validityOf, warnOfExpiry } from "../../../lib/program/tls/expiry.ts";
import { makeCertificate } from "../../support/certificate.ts";
import { withProgram } from "../../support/proxy.ts";

const DAY = 24 * 60 * 60_000;

function words(days: { from: number; until: number }): string {
  const lines: string[] = [];
  const log = createLogger({ level: "info", now: () => 0, write: (line) => lines.push(line) });
  warnOfExpiry({ from: days.from * DAY, until: days.until * DAY }, 0, log);
  return lines.join("");
}

Deno.test("a certificate that lasts is not spoken of, one that was not renewed in time is", () => {
  assert.equal(words({ from: -60, until: 30 }), "", "whoever renews 30 days before is in time");
  assert.match(words({ from: -76, until: 14 }), / warn the certificate expires soon: .*1970-01-15/);
  assert.equal(words({ from: -4, until: 2 }), "", "one of six days");
  assert.match(words({ from: -5.5, until: 0.5 }), /expires soon/);
  assert.equal(words({ from: -3_600, until: 50 }), "", "one of ten years");
  assert.match(words({ from: -3_600, until: 20 }), /expires soon/);
});

Deno.test("one that has expired, or is not valid yet, is told apart", () => {
  assert.match(words({ from: -90, until: -1 }), /has expired/);
  assert.match(words({ from: 1, until: 90 }), /not valid yet/);
});

withProgram("openssl", "when a certificate is valid is read from it", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const { cert } = await makeCertificate(folder, "a", { days: 5 });
    const { from, until } = await validityOf(await Deno.readTextFile(cert));
    assert.equal(until - from, 5 * DAY);
    assert.ok(Math.abs(Date.now() - from) < 60_000);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
