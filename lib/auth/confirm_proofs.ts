/** With what somebody shows once more who they are: each kind of proof, and who checks it. */
import { noSuchProof, type Proofs } from "./confirming.ts";
import type { Factors } from "./factors.ts";
import type { PasskeyDoors } from "./later_passkeys.ts";
import type { OwnPassword } from "./own_password.ts";

/** How each kind of proof is checked. */
export function proofsOf(
  { ownPassword, factors, passkeys }: {
    ownPassword: OwnPassword;
    factors: () => Promise<Factors>;
    passkeys: () => Promise<PasskeyDoors>;
  },
): Proofs {
  return {
    password: (caller, password) => ownPassword.prove(caller, password),
    code: async (caller, code) => await (await factors()).prove(caller, code),
    async passkey(caller, passkey, { site }) {
      if (site === null) throw noSuchProof();
      await (await passkeys()).shown.confirm(caller, passkey, site);
    },
  };
}
