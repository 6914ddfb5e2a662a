/** The schemas of what is answered about the second factor. */
import * as z from "zod";
import type { FactorState, RecoveryCodes, TotpSecret } from "../../../protocol/second_factor.ts";
import { of, time } from "./base.ts";

export const factorState = of<FactorState>()(z.object({
  totpSince: time.nullable().meta({ description: "Null: there is no authenticator app." }),
  recoveryCodes: z.int().nonnegative().meta({ description: "How many are left." }),
}));

export const recoveryCodes = of<RecoveryCodes>()(z.object({ codes: z.array(z.string()).max(10) }));

export const totpSecret = of<TotpSecret>()(z.object({
  secret: z.string().meta({ description: "Base32, for those who type it." }),
  uri: z.string().meta({ description: "For a QR code." }),
}));

/** What follows on the password, and what on the first code. */
export const totpStep = z.union([totpSecret, recoveryCodes]);

export const EXAMPLE_SECRET: TotpSecret = {
  secret: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
  uri: "otpauth://totp/Confab:ann?issuer=Confab&secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP" +
    "&algorithm=SHA1&digits=6&period=30",
};

export const EXAMPLE_CODES: RecoveryCodes = {
  codes: ["k7q2-m9xd-0v4h-t8rn", "2c5w-zj3e-y6pa-b1fs"],
};
