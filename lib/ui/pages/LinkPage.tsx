/** What a phone shows that has scanned a code: whose account it is, then what it waits for. */
import type { Language } from "../../protocol/accounts.ts";
import type { ErrorCode } from "../../protocol/codes.ts";
import type { LinkStep } from "../../protocol/devices.ts";
import { type PageWords, pageWords } from "../catalogue/pages.ts";
import { plainName } from "../names.ts";
import { AuthFrame } from "./AuthFrame.tsx";

export type LinkPageProps = LinkStep & { language: Language; error?: ErrorCode };

export function LinkPage({ language, error, ...step }: LinkPageProps) {
  const words = pageWords(language);
  const { title, lead } = headOf(step, words);
  return (
    <AuthFrame title={title} lead={lead}>
      {error && <p class="form-error" role="alert">{words.errors[error]}</p>}
      <div data-waits={step.step === "asked" ? "asked" : ""}>
        <Step {...step} words={words} />
      </div>
    </AuthFrame>
  );
}

function headOf(step: LinkStep, words: PageWords): { title: string; lead: string } {
  switch (step.step) {
    case "offered":
      return {
        title: words.devices.link.title,
        lead: words.devices.link.lead(plainName(step.user), step.user.username),
      };
    case "signedIn":
      return {
        title: words.devices.link.title,
        lead: (step.same ? words.devices.link.already : words.devices.link.other)(step.username),
      };
    case "asked":
      return { title: words.devices.link.wait, lead: words.devices.link.waitLead };
    case "ready":
      return { title: words.devices.link.ready, lead: words.devices.link.readyLead };
    case "refused":
      return { title: words.devices.link.refused, lead: words.devices.link.refusedLead };
    case "gone":
      return { title: words.devices.link.gone, lead: words.devices.link.goneLead };
  }
}

function Step({ words, ...step }: LinkStep & { words: PageWords }) {
  switch (step.step) {
    case "offered":
      return (
        <form method="post" class="auth-form">
          <p class="form-note">{words.devices.link.warning}</p>
          <button type="submit" class="button primary wide" autofocus>
            {words.devices.link.go}
          </button>
        </form>
      );
    case "signedIn":
      return <a class="button primary wide auth-next" href="/">{words.devices.link.open}</a>;
    case "asked":
      return <p class="phone-digits" role="status">{step.check}</p>;
    case "ready":
      return (
        <form method="post" action="/link" class="auth-form" data-go-on="">
          <button type="submit" class="button primary wide" autofocus>
            {words.devices.link.open}
          </button>
        </form>
      );
    case "refused":
    case "gone":
      return <a class="button wide auth-next" href="/login">{words.accounts.login}</a>;
  }
}
