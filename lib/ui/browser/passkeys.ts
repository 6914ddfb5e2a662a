/**
 * Makes or shows a passkey when its button is pressed: what the browser gives goes into the form's
 * hidden field, and the form is sent as any other. What to ask the browser for is in the page, from
 * the server. It knows no page and no word: the page has the sentences, and one of them is shown.
 */
import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
  WebAuthnError,
} from "@simplewebauthn/browser";

/** The sentences that a page has. */
type Fault = "unsupported" | "cancelled" | "known" | "failed";

export function watchPasskeys(document: Document): void {
  for (const part of document.querySelectorAll<HTMLElement>("[data-passkey]")) watch(part);
}

function watch(part: HTMLElement): void {
  const button = part.querySelector("button")!;
  if (!browserSupportsWebAuthn()) return tell(part, "unsupported");
  button.hidden = false;
  button.addEventListener("click", () => void run(part, button));
  // Whoever came by "Sign in with a passkey" has said what they want.
  if (part.dataset.start !== undefined) void run(part, button);
  else if (button.dataset.first !== undefined) button.focus();
}

async function run(part: HTMLElement, button: HTMLButtonElement): Promise<void> {
  button.disabled = true;
  tell(part, null);
  try {
    const field = part.querySelector<HTMLInputElement>("input[data-answer]")!;
    field.value = JSON.stringify(await ask(part));
    field.form!.submit();
  } catch (error) {
    button.disabled = false;
    button.focus();
    tell(part, faultOf(error));
  }
}

function ask({ dataset: { passkey, options = "{}" } }: HTMLElement): Promise<unknown> {
  // The server's own JSON, in the form that the browser's library takes.
  return passkey === "make"
    ? startRegistration({
      optionsJSON: JSON.parse(options) as PublicKeyCredentialCreationOptionsJSON,
    })
    : startAuthentication({
      optionsJSON: JSON.parse(options) as PublicKeyCredentialRequestOptionsJSON,
    });
}

function faultOf(error: unknown): Fault {
  if (
    error instanceof WebAuthnError && error.code === "ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED"
  ) {
    return "known";
  }
  // Browsers say the same of one who changed their mind, of a time that is over, of no passkey here.
  const isRefusal = error instanceof Error &&
    ["NotAllowedError", "AbortError"].includes(error.name);
  return isRefusal ? "cancelled" : "failed";
}

function tell(part: HTMLElement, fault: Fault | null): void {
  for (const sentence of part.querySelectorAll<HTMLElement>("[data-fault]")) {
    sentence.hidden = sentence.dataset.fault !== fault;
  }
}
