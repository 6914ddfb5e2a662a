/**
 * Logouts that a provider tells (OpenID Connect Back-Channel Logout 1.0): whoever signs out there, or
 * is put out, is signed out here. Anybody may send one: it counts where the provider has signed it.
 */
import { ConfabError } from "../errors.ts";
import { type LogoutNotice, type ProviderClient, ProviderFailure } from "../oidc/proven.ts";
import type { Provider } from "../oidc/provider.ts";
import type { Timestamp } from "../protocol/time.ts";
import type { Store } from "../store/store.ts";
import { hashOfSecret } from "./secrets.ts";
import type { Client } from "./sessions.ts";
import type { Throttle } from "./throttle.ts";

export interface ProviderLogoutOptions {
  providers: readonly Provider[];
  clientOf(provider: Provider): Promise<ProviderClient>;
  store: Pick<Store, "endUpstream" | "spendOnce">;
  throttle: Throttle;
  now(): Timestamp;
  log(sentence: string): void;
}

export class ProviderLogout {
  readonly #options: ProviderLogoutOptions;

  constructor(options: ProviderLogoutOptions) {
    this.#options = options;
  }

  /**
   * The provider ends sessions of its own (OpenID Connect Back-Channel Logout 1.0). `bad_request`
   * for a token that it has not signed for us just now, or that came before.
   */
  async endedThere(token: string, client: Client): Promise<void> {
    const { store, now, throttle } = this.#options;
    throttle.knock(client.address);
    const notice = await this.#noticeIn(token);
    const hash = await hashOfSecret(`logout ${notice.issuer} ${notice.id}`);
    if (!await store.spendOnce({ hash, expiresAt: notice.expiresAt, now: now() })) {
      throw new ConfabError("bad_request", "This logout token came before.");
    }
    const { issuer, subject, session } = notice;
    await store.endUpstream({ issuer, subject, session, now: now() });
  }

  async #noticeIn(token: string): Promise<LogoutNotice> {
    const issuer = claimedIssuer(token);
    for (const provider of this.#options.providers) {
      if (withoutSlash(provider.issuer) !== withoutSlash(issuer)) continue;
      try {
        return await (await this.#options.clientOf(provider)).readLogout(token);
      } catch (error) {
        if (!(error instanceof ProviderFailure)) throw error;
        this.#options.log(`A logout told by ${provider.id} was refused: ${error.message}.`);
      }
    }
    throw new ConfabError("bad_request", "This is no logout token of a provider of this server.");
  }
}

/** As the token says it, before anything of it is believed: only to know whose keys to ask for. */
function claimedIssuer(token: string): string {
  try {
    const part = token.slice(0, 20_000).split(".")[1] ?? "";
    const bytes = Uint8Array.fromBase64(part, { alphabet: "base64url" });
    return String(JSON.parse(new TextDecoder().decode(bytes)).iss);
  } catch {
    return "";
  }
}

function withoutSlash(issuer: string): string {
  return issuer.replace(/\/$/, "");
}
