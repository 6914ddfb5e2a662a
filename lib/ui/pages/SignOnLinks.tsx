/** The buttons of the providers by which one may come in, on the pages of the doors. */
import type { ProviderProblem } from "../../protocol/ways_in.ts";
import type { PageWords } from "../catalogue/pages.ts";

/** What these pages know of single sign-on. */
export interface SignOnShown {
  providers: readonly { id: string; name: string }[];
  /** Others than the owner come in by it alone. */
  only: boolean;
  /** Why the last try let nobody in, and at which provider. */
  problem: ProviderProblem | null;
  provider: string | null;
}

export interface SignOnLinksProps {
  words: PageWords;
  signOn: SignOnShown;
  next: string;
  /** The code of an invitation that goes along. */
  invite?: string | undefined;
  /** Below a form; else it is all there is. */
  below?: boolean;
}

/** Links, and no forms: those may lead to no other site. */
export function SignOnLinks({ words, signOn, next, invite, below = false }: SignOnLinksProps) {
  if (signOn.providers.length === 0) return null;
  return (
    <div class="auth-ways">
      {below && <p class="auth-or">{words.signOn.or}</p>}
      {signOn.providers.map(({ id, name }) => (
        <a key={id} class="button wide" href={hrefOf(id, next, invite)}>
          {words.signOn.continueWith(name)}
        </a>
      ))}
    </div>
  );
}

function hrefOf(provider: string, next: string, invite: string | undefined): string {
  const query = new URLSearchParams({ provider });
  if (next !== "/") query.set("next", next);
  if (invite) query.set("invite", invite);
  return `/login/oidc?${query}`;
}

export function SignOnProblem({ words, signOn }: { words: PageWords; signOn: SignOnShown }) {
  const { problem, provider, providers } = signOn;
  if (problem === null) return null;
  const name = providers.find(({ id }) => id === provider)?.name ?? words.signOn.theProvider;
  return <p class="form-error" role="alert">{words.signOn.problems[problem](name)}</p>;
}
