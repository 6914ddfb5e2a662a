/**
 * What the pages of the settings do besides where there is a script: a choice is saved when it is
 * made, by the page's own form, and the page becomes the one that the server answers with; who
 * leaves what they changed is asked; who logs out leaves nothing behind. It knows no setting.
 */

/** Of the answer's head: what depends on language and theme. */
const HEAD = 'meta[name="color-scheme"], meta[name="theme-color"]';

export interface LiveFormsOptions {
  document: Document;
  /** Takes away what this browser keeps of the account. */
  forget(instance: string, userId: number): Promise<void>;
}

export class LiveForms {
  readonly #document: Document;
  readonly #forget: LiveFormsOptions["forget"];
  /** One at a time, in the order of the choices: the last one made is the last one saved. */
  #turn: Promise<void> = Promise.resolve();
  #waiting = 0;
  #mayLeave = false;

  constructor({ document, forget }: LiveFormsOptions) {
    this.#document = document;
    this.#forget = forget;
  }

  start(): void {
    const document = this.#document;
    document.documentElement.dataset.ready = "";
    document.addEventListener("change", (event) => this.#changed(event.target));
    document.addEventListener("submit", (event) => this.#submitted(event));
    addEventListener("beforeunload", (event) => {
      if (!this.#mayLeave && this.#unsaved().length > 0) event.preventDefault();
    });
    // Back from the browser's cache, the page is as it was left: it is asked again.
    addEventListener("pageshow", () => this.#mayLeave = false);
    forgetNotice();
  }

  #changed(field: EventTarget | null): void {
    if (!(field instanceof HTMLSelectElement) || !field.form?.matches("[data-live]")) return;
    const { form } = field;
    const body = new URLSearchParams();
    for (const hidden of form.querySelectorAll<HTMLInputElement>("form > input[type=hidden]")) {
      body.set(hidden.name, hidden.value);
    }
    // This choice alone: what else has changed elsewhere since the page was made stays.
    body.set(field.name, field.value);
    this.#waiting++;
    this.#turn = this.#turn.then(() => this.#save(form.action, body));
  }

  async #save(action: string, body: URLSearchParams): Promise<void> {
    const answer = await answerTo(action, body);
    // A later choice is on its way: the page would show it as it was before.
    if (--this.#waiting > 0) return;
    if (answer === null) return this.#failed();
    const { page, url } = answer;
    const isSettings = page.querySelector(".settings") !== null;
    if (isSettings) return this.#become(page);
    // The session is over: the login says why.
    if (new URL(url).pathname === "/login") return this.#leave(url);
    this.#failed();
  }

  #become(page: Document): void {
    const document = this.#document;
    const focused = document.activeElement?.id;
    document.title = page.title;
    document.documentElement.lang = page.documentElement.lang;
    document.documentElement.dataset.theme = page.documentElement.dataset.theme;
    for (const old of document.querySelectorAll(HEAD)) old.remove();
    document.head.append(...page.querySelectorAll(HEAD));
    document.body.replaceChildren(...page.body.childNodes);
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    announce(document.getElementById("notice"));
  }

  /** The server cannot be reached, or answers with something else: what was chosen still stands. */
  #failed(): void {
    const notice = this.#document.getElementById("failure");
    if (notice === null) return;
    this.#document.getElementById("notice")?.remove();
    notice.hidden = false;
    announce(notice);
  }

  #submitted(event: SubmitEvent): void {
    const form = event.target as HTMLFormElement;
    this.#mayLeave = this.#unsaved().every((one) => one === form);
    if (form.id !== "logout" || event.defaultPrevented) return;
    event.preventDefault();
    this.#mayLeave = true;
    void this.#logOut(form);
  }

  /** The session ends first: if that failed, drafts would be deleted for nothing. */
  async #logOut(form: HTMLFormElement): Promise<void> {
    const body = new URLSearchParams([...new FormData(form)].map(([name, value]) => [
      name,
      String(value),
    ]));
    const answer = await answerTo(form.action, body);
    if (answer === null) return this.#failed();
    const { url } = answer;
    // A page of another account than the one that is signed in now is led to that one's.
    if (new URL(url).pathname === "/login") {
      await this.#forget(body.get("instance") ?? "", Number(form.dataset.user));
    }
    this.#leave(url);
  }

  #unsaved(): HTMLFormElement[] {
    return [...this.#document.forms].filter((form) =>
      !form.matches("[data-live]") &&
      (form.dataset.unsaved !== undefined || [...form.elements].some(isChanged))
    );
  }

  #leave(url: string): void {
    this.#mayLeave = true;
    location.assign(url);
  }
}

function isChanged(field: Element): boolean {
  return field instanceof HTMLInputElement && field.value !== field.defaultValue;
}

interface Answer {
  page: Document;
  /** Where the redirect led. */
  url: string;
}

/** `null` where the server cannot be reached. */
async function answerTo(action: string, body: URLSearchParams): Promise<Answer | null> {
  try {
    const response = await fetch(action, { method: "POST", body });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    return { page, url: response.url };
  } catch {
    return null;
  }
}

/** A line that comes together with its text is not read out: the text comes after it. */
function announce(line: HTMLElement | null): void {
  if (line === null) return;
  const { textContent } = line;
  line.textContent = "";
  requestAnimationFrame(() => line.textContent = textContent);
}

/** What was said once is not said again after a reload. */
function forgetNotice(): void {
  const url = new URL(location.href);
  if (!url.searchParams.has("notice")) return;
  url.searchParams.delete("notice");
  history.replaceState(history.state, "", url);
}
