/** Passkeys, loaded for the first who makes or shows one. */
import { atFirstUse } from "../protocol/first_use.ts";
import type { ChallengeOptions } from "./challenges.ts";
import type { OwnPasskeyOptions, OwnPasskeys } from "./own_passkeys.ts";
import type { ShownPasskeyOptions, ShownPasskeys } from "./shown_passkeys.ts";

export interface PasskeyDoors {
  own: OwnPasskeys;
  shown: ShownPasskeys;
}

export type PasskeyStore = OwnPasskeyOptions["store"] & ShownPasskeyOptions["store"];

export type PasskeyOptions =
  & Omit<OwnPasskeyOptions & ShownPasskeyOptions, "challenges" | "store">
  & ChallengeOptions
  & { store: PasskeyStore };

export function laterPasskeys(options: PasskeyOptions): () => Promise<PasskeyDoors> {
  return atFirstUse(async () => {
    const [{ OwnPasskeys }, { ShownPasskeys }, { Challenges }] = await Promise.all([
      import("./own_passkeys.ts"),
      import("./shown_passkeys.ts"),
      import("./challenges.ts"),
    ]);
    const parts = { ...options, challenges: new Challenges(options) };
    return { own: new OwnPasskeys(parts), shown: new ShownPasskeys(parts) };
  });
}
