/** What a provider says of somebody, and why it says nothing. It knows no provider. */

/** Somebody, as a provider knows them. */
export interface ProvenIdentity {
  /** With the subject, the name of the identity: the same for ever, and nobody else's. */
  issuer: string;
  subject: string;
  /** The provider's own session, which it may end from there. */
  session: string | null;
  /** What the provider wants to see when the session is to end; no proof of anything here. */
  idToken: string | null;
  username: string | null;
  displayName: string | null;
  email: string | null;
  /** The provider has seen that the address is theirs. */
  emailVerified: boolean;
  /** Values of the claim that roles go by; empty where there is none. */
  groups: readonly string[];
}

/** What a sign-in is asked with; the answer must fit it. */
export interface Question {
  /** Where the answer is to come to. */
  redirectUri: string;
  /** All three from a random source, 128 bits and more, for this question alone. */
  state: string;
  nonce: string;
  verifier: string;
  /** They are to prove themselves there anew, also where the provider still knows them. */
  fresh: boolean;
}

/** A logout told by the provider (OpenID Connect Back-Channel Logout 1.0). */
export interface LogoutNotice {
  issuer: string;
  /** The token's own number: it counts once. */
  id: string;
  /** Of whom: one session, or all of a person's. */
  subject: string | null;
  session: string | null;
  /** Milliseconds since the epoch; not accepted afterwards. */
  expiresAt: number;
}

export type ProviderFault =
  /** It gave no answer, or none in time. */
  | "unreachable"
  /** They, or somebody there, said no. */
  | "cancelled"
  /** What came back is not an answer to the question. */
  | "refused";

export class ProviderFailure extends Error {
  override readonly name = "ProviderFailure";

  /** @param message for the log: no code, token or claim is in it */
  constructor(readonly fault: ProviderFault, message: string) {
    super(message);
  }
}

/** A provider, as signing in uses it. Every method may throw `ProviderFailure`. */
export interface ProviderClient {
  /** Where the browser is to go. */
  ask(question: Question): Promise<URL>;
  /** @param answer the address that the browser came back to, with its query */
  prove(question: Question, answer: URL): Promise<ProvenIdentity>;
  /** Where the browser ends the session there; null where the provider offers nothing. */
  logoutUrl(idToken: string | null, back: string): Promise<URL | null>;
  /** What a logout token says; refused where the provider has not signed it for us, just now. */
  readLogout(token: string): Promise<LogoutNotice>;
}
