/**
 * What a script adds to the settings pages. A choice is saved as soon as it is made, through the
 * page's own form, and the server's answer becomes the page. Every other form is sent by the
 * browser, but only once the server is known to be there: the browser's error page would lose what
 * was typed. A reader who leaves unsaved changes is asked first. Logging out leaves nothing behind
 * in the browser. It knows no setting.
 */

/** The parts of the answer's `<head>` that depend on language and theme. */
const HEAD = 'meta[name="color-scheme"], meta[name="theme-color"]';

/** Milliseconds after which a server that says nothing counts as one that cannot be reached. */
const ANSWER_WITHIN = 10_000;

export interface LiveFormsOptions {
  document: Document;
  /** Whether what this browser alone has of the account may be lost; it asks. */
  mayForget(instance: string, userId: number): Promise<boolean>;
  /** Removes what this browser keeps of the account. */
  forget(instance: string, userId: number): Promise<void>;
}

export class LiveForms {
  readonly #document: Document;
  readonly #kept: Omit<LiveFormsOptions, "document">;
  /** Choices are saved one at a time, in order, so that the last one made is the last one saved. */
  #turn: Promise<void> = Promise.resolve();
  #waiting = 0;
  /** A choice before the last one in the queue was not saved. */
  #missed = false;
  #mayLeave = false;
  /** While a form or a logout waits for the server, a second click does nothing. */
  #asking = false;
  /** The form that the browser is sending now. */
  #sending: HTMLFormElement | null = null;

  constructor({ document, ...kept }: LiveFormsOptions) {
    this.#document = document;
    this.#kept = kept;
  }

  start(): void {
    const document = this.#document;
    document.documentElement.dataset.ready = "";
    document.addEventListener("change", (event) => this.#changed(event.target));
    document.addEventListener("submit", (event) => this.#submitted(event));
    addEventListener("beforeunload", (event) => {
      if (!this.#mayLeave && this.#unsaved().length > 0) event.preventDefault();
    });
    // The browser may show this page again from its cache, as it was left: then it must ask again.
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
    // Sends this choice alone: whatever was changed elsewhere since the page was made is kept.
    body.set(field.name, field.value);
    this.#waiting++;
    this.#turn = this.#turn.then(() => this.#save(form.action, body));
  }

  async #save(action: string, body: URLSearchParams): Promise<void> {
    const answer = await answerTo(action, body);
    // A later choice is on its way, and this answer would show it as it was before.
    if (--this.#waiting > 0) {
      if (!isSaved(answer)) this.#missed = true;
      return;
    }
    const missed = this.#missed;
    this.#missed = false;
    if (answer === null) return this.#failed();
    const { page, url } = answer;
    // The session is over: the login page says why.
    if (new URL(url).pathname === "/login") return this.#leave(url);
    // The page says itself what became of this choice, but not of those before it.
    const isSettings = hasSettings(page);
    if (isSettings) this.#become(page);
    if (missed || !isSettings) this.#failed();
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

  /** The server is unreachable or sent something else: the reader's choice stays on the page. */
  #failed(): void {
    const notice = this.#document.getElementById("failure");
    if (notice === null) return;
    this.#document.getElementById("notice")?.remove();
    notice.hidden = false;
    announce(notice);
  }

  #submitted(event: SubmitEvent): void {
    const form = event.target as HTMLFormElement;
    // A search leaves nothing behind that could be lost.
    if (event.defaultPrevented || form.method === "get") return;
    if (form === this.#sending) {
      this.#mayLeave = this.#unsaved().every((one) => one === form);
      return;
    }
    event.preventDefault();
    if (this.#asking) return;
    if (form.id === "logout") void this.#logOut(form);
    else void this.#send(form, event.submitter);
  }

  /** Lets the browser send the form, so that its password manager takes notice. */
  async #send(form: HTMLFormElement, button: HTMLElement | null): Promise<void> {
    this.#asking = true;
    const isThere = await isReachable(form.action);
    this.#asking = false;
    if (!isThere) return this.#failed();
    this.#sending = form;
    form.requestSubmit(button);
    this.#sending = null;
  }

  async #logOut(form: HTMLFormElement): Promise<void> {
    this.#asking = true;
    await this.#endSession(form).finally(() => this.#asking = false);
  }

  /** Ends the session first: if that fails, deleting drafts would have been for nothing. */
  async #endSession(form: HTMLFormElement): Promise<void> {
    const body = new URLSearchParams([...new FormData(form)].map(([name, value]) => [
      name,
      String(value),
    ]));
    const whose = [body.get("instance") ?? "", Number(form.dataset.user)] as const;
    if (!await this.#kept.mayForget(...whose)) return;
    const answer = await answerTo(form.action, body);
    // Every logout that was done leads to a page. Without a redirect it was refused.
    if (answer === null || !answer.redirected) return this.#failed();
    const { url } = answer;
    // If another account is signed in now, the server leads to that account's page.
    if (new URL(url).pathname === "/login") {
      await this.#kept.forget(...whose);
    }
    this.#leave(url);
  }

  #unsaved(): HTMLFormElement[] {
    return [...this.#document.forms].filter((form) =>
      !form.matches("[data-live], [method=get]") &&
      (form.dataset.unsaved !== undefined || [...form.elements].some(isChanged))
    );
  }

  #leave(url: string): void {
    this.#mayLeave = true;
    location.assign(url);
  }
}

/** The value of a box is what is sent if it is ticked, and no more. */
function isChanged(field: Element): boolean {
  if (!(field instanceof HTMLInputElement)) return false;
  return field.type === "checkbox" || field.type === "radio"
    ? field.checked !== field.defaultChecked
    : field.value !== field.defaultValue;
}

interface Answer {
  page: Document;
  redirected: boolean;
  /** Where the redirect led, if there was one. */
  url: string;
}

function hasSettings(page: Document): boolean {
  return page.querySelector(".settings") !== null;
}

/** A refused choice also comes back as a settings page, with the reason in sight. */
function isSaved(answer: Answer | null): boolean {
  return answer !== null && hasSettings(answer.page) &&
    answer.page.querySelector(".form-error:not([hidden])") === null;
}

/** `null` if the server cannot be reached, or does not answer in time. */
async function answerTo(action: string, body: URLSearchParams): Promise<Answer | null> {
  try {
    // The deadline is for the whole answer, so it also ends a body that stops half-way.
    const signal = AbortSignal.timeout(ANSWER_WITHIN);
    const response = await fetch(action, { method: "POST", body, signal });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    return { page, redirected: response.redirected, url: response.url };
  } catch {
    return null;
  }
}

/**
 * Asks for the form's own page, as a proxy may block any other path. Refusals and redirects count
 * as reachable: the server's answer to the form explains them.
 */
async function isReachable(page: string): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(ANSWER_WITHIN);
    const { status } = await fetch(page, {
      method: "HEAD",
      cache: "no-store",
      redirect: "manual",
      signal,
    });
    return status < 500;
  } catch {
    return false;
  }
}

/** Screen readers skip a line that appears together with its text, so the text is set later. */
function announce(line: HTMLElement | null): void {
  if (line === null) return;
  const { textContent } = line;
  line.textContent = "";
  requestAnimationFrame(() => line.textContent = textContent);
}

/** A notice that was shown once is not shown again after a reload. */
function forgetNotice(): void {
  const url = new URL(location.href);
  if (!url.searchParams.has("notice")) return;
  url.searchParams.delete("notice");
  history.replaceState(history.state, "", url);
}
