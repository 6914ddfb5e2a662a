/** What `Auth` and its parts ask of a store. */
import type { Store } from "../store/store.ts";
import type { AskingOptions } from "./asking.ts";
import type { ConfirmingStore } from "./confirming.ts";
import type { FactorStore } from "./factors.ts";
import type { PasskeyStore } from "./later_passkeys.ts";
import type { SessionStore } from "./sessions.ts";
import type { SigningInStore } from "./signing_in.ts";

export type AuthStore =
  & SessionStore
  & SigningInStore
  & ConfirmingStore
  & FactorStore
  & Pick<Store, "noteFailedSignIn">
  & PasskeyStore
  & AskingOptions["store"]
  & Pick<Store, "changePassword" | "credentials" | "credentialsOf" | "hasAccounts" | "invitation">;
