/** The part of a store that auth asks about second factors, where nobody has one. */
import type { AuthStore } from "../../lib/auth/auth.ts";
import type { FactorStore } from "../../lib/auth/factors.ts";
import type { SigningInStore } from "../../lib/auth/signing_in.ts";

export const NO_FACTORS:
  & Pick<AuthStore, "noteFailedSignIn">
  & Omit<FactorStore, "listSessions">
  & Omit<SigningInStore, "createAccount" | "openSession"> = {
    noteFailedSignIn: () => Promise.resolve(),
    secondFactors: () => Promise.resolve([]),
    factorState: () => Promise.resolve({ totpSince: null, recoveryCodes: 0 }),
    beginTotp: () => Promise.resolve(),
    nextTotp: () => Promise.resolve(null),
    confirmTotp: () => Promise.resolve(null),
    totpSecret: () => Promise.resolve(null),
    spendFactor: () => Promise.resolve(false),
    removeTotp: () => Promise.resolve(),
    replaceRecoveryCodes: () => Promise.resolve(false),
    pendingSignIn: () => Promise.resolve(null),
    tryPendingSignIn: () => Promise.resolve(null),
    finishSignIn: () => Promise.resolve(null),
  };
