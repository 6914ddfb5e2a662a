/** `/settings/connections`: the accounts elsewhere by which one signs in here. */
import type { LinkedAccount } from "../../protocol/oidc.ts";
import type { Timestamp } from "../../protocol/time.ts";
import type { ProviderProblem } from "../../protocol/ways_in.ts";
import { type PageWords, pageWords } from "../catalogue/pages.ts";
import { formatAgo } from "../ago.ts";
import { Name } from "../parts/Name.tsx";
import { Whose } from "../parts/Whose.tsx";
import type { SettingsProps } from "./sections.ts";
import { SettingsForm } from "./SettingsForm.tsx";
import { SettingsFrame } from "./SettingsFrame.tsx";

export interface ConnectionsProps {
  connections: readonly LinkedAccount[];
  providers: readonly { id: string; name: string }[];
  /** Why linking came to nothing. */
  problem: ProviderProblem | null;
  now: Timestamp;
}

export function ConnectionsPage(
  { connections, providers, problem, now, ...page }: ConnectionsProps & SettingsProps,
) {
  const words = pageWords(page.language);
  const shown = { words, page, now, providers };
  return (
    <SettingsFrame section="connections" {...page}>
      {problem !== null && (
        <p class="form-error" role="alert" tabIndex={-1} autofocus>
          {words.signOn.problems[problem](words.signOn.theProvider)}
        </p>
      )}
      {page.error === "conflict" && <p class="form-error">{words.signOn.onlyWayIn}</p>}
      <section class="settings-part" aria-label={words.signOn.linked}>
        {connections.length === 0
          ? <p class="hint">{words.signOn.noneLinked}</p>
          : <Linked connections={connections} {...shown} />}
      </section>
      {providers.length > 0 && (
        <section class="settings-part" aria-labelledby="link-title">
          <h2 id="link-title">{words.signOn.link}</h2>
          <p class="hint">{words.signOn.linkHint}</p>
          {providers.map((provider) => <Link key={provider.id} provider={provider} {...shown} />)}
        </section>
      )}
    </SettingsFrame>
  );
}

interface Shown {
  words: PageWords;
  page: SettingsProps;
  now: Timestamp;
  providers: ConnectionsProps["providers"];
}

function Linked(
  { connections, words, page, now, providers }: Shown & {
    connections: readonly LinkedAccount[];
  },
) {
  // Days are the server's own: without a script it does not know the reader's.
  const ago = (at: Timestamp) => formatAgo(at, { now, ahead: () => 0 }, page.language, words.dates);
  return (
    <SettingsForm section="connections" id="linked" page={page}>
      <ul class="devices">
        {connections.map(({ id, provider, label, lastUsed }) => {
          const name = providers.find((each) => each.id === provider)?.name ??
            (provider === "header" ? words.signOn.proxy : provider);
          return (
            <li key={id} class="device">
              <span class="device-text grow">
                <Name class="name">{name}</Name>
                <span class="handle">
                  {label} ·{" "}
                  {lastUsed === null
                    ? words.signOn.neverUsed
                    : words.signOn.lastUsed(ago(lastUsed))}
                </span>
              </span>
              <button
                type="submit"
                name="remove"
                value={id}
                class="button small"
                aria-label={words.signOn.removeOf(name, label)}
              >
                {words.signOn.remove}
              </button>
            </li>
          );
        })}
      </ul>
    </SettingsForm>
  );
}

function Link({ provider, words, page }: Shown & { provider: { id: string; name: string } }) {
  return (
    <form method="post" action="/login/oidc/link" class="settings-form" noValidate>
      <Whose sessionId={page.sessionId} instance={page.instance} />
      <input type="hidden" name="provider" value={provider.id} />
      <div>
        <button type="submit" class="button">{words.signOn.linkWith(provider.name)}</button>
      </div>
    </form>
  );
}
