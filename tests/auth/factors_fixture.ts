/** An auth over a real database, with hashes that cost nothing and a clock that tests move. */
import { TOTP } from "otpauth";
import type { AuthOptions } from "../../lib/auth/auth.ts";
import { ConfabError } from "../../lib/errors.ts";
import type { Store } from "../../lib/store/store.ts";
import { withStore } from "../store/sqlite/support.ts";
import { ann, bob, caller, home, setUp } from "./auth_fixture.ts";

type Options = Pick<Partial<AuthOptions>, "authRate">;

export type FactorStage = Awaited<ReturnType<typeof stageOf>>;

/** Ann, the owner, and Bob, both without a second factor. */
export function withFactors(
  run: (stage: FactorStage) => Promise<void>,
  options: Options = {},
): Promise<void> {
  return withStore(async ({ store }) => {
    const stage = await stageOf(store, options);
    await run(stage);
    await stage.auth.close();
  });
}

async function stageOf(store: Store, options: Options) {
  const { auth, clock } = setUp({ store, ...options });
  const signedIn = await auth.signup(ann, home);
  await auth.signup(bob, home);
  const factors = await auth.factors();
  const me = await caller(auth, signedIn.token);
  return {
    ...{ store, auth, clock, factors, me },

    /** Turns Ann's app on; what she then has. */
    async setUp() {
      const { secret, uri } = await factors.beginTotp(me, ann);
      const app = new TOTP({ secret });
      const code = (steps = 0) => app.generate({ timestamp: clock.now + steps * 30_000 });
      const codes = await factors.confirmTotp(me, code(), home);
      return { secret, uri, codes, code };
    },

    /** Ann's ticket, from her password. */
    async ticket(client = home): Promise<string> {
      const error = await auth.login(ann, client).then(() => null, (error: unknown) => error);
      if (!(error instanceof ConfabError) || !error.secondFactor) {
        throw error ?? new Error("let in");
      }
      return error.secondFactor.ticket;
    },
  };
}
