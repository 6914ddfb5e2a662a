/** Joins what lets people in and helps them back: a part of the composition in `app.ts`. */
import { CountedAuth } from "./auth/counted.ts";
import { Devices } from "./auth/devices.ts";
import { EnforcedFactor } from "./auth/enforced_factor.ts";
import { createPasswords } from "./auth/password.ts";
import { EmailProofs } from "./auth/email_proofs.ts";
import { Recovery } from "./auth/recovery.ts";
import { newToken } from "./auth/secrets.ts";
import type { SignOn } from "./auth/sign_on.ts";
import { createThrottle } from "./auth/throttle.ts";
import type { Notice } from "./chat/notice.ts";
import { eventLoop } from "./event_loop.ts";
import { beginMail, type Mail } from "./mail/mail.ts";
import type { Hub } from "./hub/hub.ts";
import type { AuthCounts } from "./metrics/counts.ts";
import { joinSignOn, onlyBySignOn } from "./sign_on.ts";
import type { Config } from "./program/config/config.ts";
import type { Logger } from "./program/log.ts";
import type { Resources } from "./resources/resources.ts";

/** `length` bytes that nobody can foretell. */
export type RandomBytes = (length: number) => Uint8Array<ArrayBuffer>;

/** What the doors take from outside. */
export interface DoorsEnvironment {
  now(): number;
  randomBytes: RandomBytes;
  log: Logger;
  metrics: { counts: { auth: AuthCounts } };
}

export interface Doors {
  auth: CountedAuth;
  recovery: Recovery;
  emailProofs: EmailProofs;
  /** Null where the settings name no mail server. */
  mail: Mail | null;
  devices: Devices;
  signOn: SignOn;
}

export function joinDoors(
  config: Config,
  environment: DoorsEnvironment,
  resources: Resources,
): Doors {
  const { now, randomBytes, metrics } = environment;
  const { store, instance, secret, workspace, shared } = resources;
  const { authRate } = config;
  const limits = { authRate, ticks: eventLoop.now, ...shared?.limits };
  // One queue for all that is slow, and one count of all attempts.
  const common = { store, now, passwords: createPasswords(), throttle: createThrottle(limits) };
  const auth = new CountedAuth(
    {
      ...{ ...common, ...limits, secret, instance, randomBytes },
      requiredOf: () => workspace.get("secondFactor"),
      issuer: () => workspace.get("name"),
      signup: () => workspace.get("signup"),
      inviters: () => workspace.get("inviters"),
      restricted: onlyBySignOn(config, workspace),
    },
    metrics.counts.auth,
  );
  return {
    auth,
    mail: joinMail(config, environment, resources),
    emailProofs: new EmailProofs(common),
    recovery: new Recovery({ ...common, signingIn: auth.signingIn }),
    signOn: joinSignOn(config, { ...common, auth, randomBytes, log: environment.log }, resources),
    devices: new Devices({ ...common, secret, randomBytes, signingIn: auth.signingIn }),
  };
}

function joinMail(
  { smtp, mailFrom, origins }: Config,
  { now, log, randomBytes }: DoorsEnvironment,
  { store, workspace }: Resources,
): Mail | null {
  const [origin] = origins;
  if (smtp === null || mailFrom === null || origin === undefined) return null;
  return beginMail({
    server: smtp,
    from: mailFrom,
    origin,
    placeName: () => workspace.get("name"),
    store,
    newToken: () => newToken(randomBytes),
    now,
    loop: eventLoop,
    log,
  });
}

/** Ends the sockets of those who lack a required second factor, on this node, until it is closed. */
export function enforceSecondFactor(
  { auth, hub, workspace, bus, nodes, log }: Pick<Resources, "bus" | "nodes" | "workspace"> & {
    auth: Pick<CountedAuth, "isOpen">;
    hub: Pick<Hub, "recheck">;
    log: Logger;
  },
): () => void {
  const enforced = new EnforcedFactor({
    isRequired: () => workspace.get("secondFactor") !== "optional",
    recheck: (people) => hub.recheck((session) => auth.isOpen(session), people),
    loop: eventLoop,
    log: (message, error) => log.error(message, { error }),
  });
  let required = workspace.get("secondFactor");
  const stop = workspace.subscribe(() => {
    const before = required;
    required = workspace.get("secondFactor");
    if (required !== before) enforced.required();
  });
  const happened = (changes: readonly Notice[]) => {
    for (const change of changes) {
      if (change.type === "user") enforced.changed(change.user.id);
      else if (change.type === "settings") enforced.changed(change.userId);
    }
  };
  if (nodes === null) bus.subscribe(happened);
  // Who has missed something drops every connection.
  else nodes.follow({ happened, looked() {}, lost() {} });
  return () => {
    stop();
    enforced.close();
  };
}
