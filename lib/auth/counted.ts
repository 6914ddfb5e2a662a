/** Counts how attempts to sign in end. What is allowed, `auth.ts` decides. */
import { ConfabError } from "../errors.ts";
import type { AuthCounts } from "../metrics/counts.ts";
import { Auth, type AuthOptions, type Caller, type Client, type SignupInput } from "./auth.ts";
import type { SignedIn } from "./sessions.ts";

export class CountedAuth extends Auth {
  readonly #counts: AuthCounts;

  constructor(options: AuthOptions, counts: AuthCounts) {
    super({
      ...options,
      // What these two have tried is counted below, with how it ended.
      opened: (way) => {
        if (way !== "password" && way !== "signup") counts.attempts.add(`${way} ok`);
      },
    });
    this.#counts = counts;
  }

  override signup(input: SignupInput, client: Client): Promise<SignedIn> {
    return this.#count("signup", super.signup(input, client));
  }

  override login(
    input: { username: string; password: string },
    client: Client,
  ): Promise<SignedIn> {
    return this.#count("login", super.login(input, client));
  }

  override loginSecond(input: { ticket: string; code: string }, client: Client): Promise<SignedIn> {
    return this.#count("second", super.loginSecond(input, client));
  }

  override changePassword(caller: Caller, current: string, password: string): Promise<void> {
    return this.#count("password", super.changePassword(caller, current, password));
  }

  async #count<T>(kind: string, attempt: Promise<T>): Promise<T> {
    const { attempts } = this.#counts;
    try {
      const result = await attempt;
      attempts.add(`${kind} ok`);
      return result;
    } catch (error) {
      attempts.add(`${kind} ${error instanceof ConfabError ? error.code : "internal"}`);
      throw error;
    }
  }
}
