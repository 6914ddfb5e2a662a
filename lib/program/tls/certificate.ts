/**
 * The certificate of the settings: read at the start, looked after while the program runs. Loaded
 * only where there is one.
 */
import type { Config } from "../config/config.ts";
import type { Listener } from "../listen.ts";
import type { Logger } from "../log.ts";
import { type CertifiedKey, readCertifiedKey } from "./certified_key.ts";
import { validityOf, warnOfExpiry } from "./expiry.ts";
import { watchRenewal } from "./renewal.ts";

/** Between two looks at when it expires, in milliseconds. */
const EXPIRY_INTERVAL = 24 * 60 * 60_000;

export interface Certificate {
  /** What the files held at the start. */
  certifiedKey: CertifiedKey;
  /** Takes up renewed files and warns of the end, until the returned function is called. */
  lookAfter(listener: Listener, log: Logger): () => void;
}

/** Throws `StartError` if the files cannot be read or used. */
export async function loadCertificate(
  { host }: Config,
  files: { certificate: string; key: string },
): Promise<Certificate> {
  const read = () => readCertifiedKey(files, host);
  const certifiedKey = await read();
  return {
    certifiedKey,
    lookAfter(listener, log) {
      let cert = certifiedKey.cert;
      const warn = () =>
        void validityOf(cert).then(
          (validity) => warnOfExpiry(validity, Date.now(), log),
          (error: unknown) => log.warn("cannot tell when the certificate expires", { error }),
        );
      warn();
      const timer = setInterval(warn, EXPIRY_INTERVAL);
      const stopWatching = watchRenewal({
        current: certifiedKey,
        read,
        async renew(renewed) {
          await listener.renew(renewed);
          cert = renewed.cert;
          warn();
        },
        log,
      });
      return () => {
        clearInterval(timer);
        stopWatching();
      };
    },
  };
}
