/** The schemas of linked accounts: see `objects.ts`. */
import * as z from "zod";
import type { LinkedAccount } from "../../../protocol/oidc.ts";
import { id, of, time } from "./base.ts";

const linkedAccount = of<LinkedAccount>()(z.object({
  id,
  provider: z.string().meta({
    description: "The provider's id in the host's settings; `header` for the proxy in front.",
  }),
  label: z.string().meta({ description: "Who you are there." }),
  createdAt: time,
  lastUsed: time.nullable(),
}));

export const connections = z.object({ connections: z.array(linkedAccount) });
