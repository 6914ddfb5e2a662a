/**
 * The frame of pages with sections, such as the settings: the reader, the way back, the sections at
 * the side, and above the page what became of its form.
 */
import type { ComponentChildren } from "preact";
import type { PageWords } from "../catalogue/pages.ts";
import type { FormPageProps } from "../form_page.ts";
import { plainName } from "../names.ts";
import { placePath } from "../view.ts";
import { Avatar } from "./Avatar.tsx";
import { Icon } from "./Icon.tsx";
import { Name } from "./Name.tsx";

export interface SectionLink {
  href: string;
  label: string;
  current: boolean;
}

export interface PageFrameProps extends FormPageProps<string> {
  words: PageWords;
  /** Of the list of sections. */
  label: string;
  sections: readonly SectionLink[];
  /** Of the page. */
  title: ComponentChildren;
  /** What was done, in words. */
  done: string | null;
  foot: ComponentChildren;
  children: ComponentChildren;
}

export function PageFrame({ label, sections, title, foot, children, ...page }: PageFrameProps) {
  const { words, me, room } = page;
  return (
    <div class="settings">
      <header class="settings-header">
        <a class="settings-back" href={placePath({ room })}>
          <Icon name="back" />
          {words.common.back}
        </a>
        <p class="settings-self">
          <Avatar id={me.id} name={plainName(me)} picture={me.avatar} />
          <span class="settings-names">
            <Name class="name">{plainName(me)}</Name>
            <Name class="handle">@{me.username}</Name>
          </span>
        </p>
      </header>
      <nav class="settings-sections" aria-label={label}>
        <ul>
          {sections.map(({ href, label, current }) => (
            <li key={href}>
              <a href={href} aria-current={current ? "page" : undefined}>{label}</a>
            </li>
          ))}
        </ul>
      </nav>
      <main class="settings-page">
        <h1>{title}</h1>
        <Outcome {...page} />
        {/* Shown where a script finds something: see `settings/unsent.ts`. */}
        <p class="settings-unsent" id="waiting" data-user={me.id} data-instance={page.instance}>
          {words.leaving.waiting} <a href={placePath({ room })}>{words.leaving.chat}</a>
        </p>
        <p class="form-error settings-failure" id="failure" role="alert" hidden>
          {words.errors.offline}
        </p>
        {children}
      </main>
      <footer class="settings-foot">{foot}</footer>
    </div>
  );
}

/** What became of the form. It has the focus, unless a field is at fault and has it. */
function Outcome(
  { words, done, error, errors = [] }: Pick<PageFrameProps, "words" | "done" | "error" | "errors">,
) {
  if (done !== null) {
    return (
      <p class="settings-notice" id="notice" role="status" tabIndex={-1} autofocus>
        {done}
      </p>
    );
  }
  if (error === undefined) return null;
  return errors.length > 0
    ? <p class="form-error" role="alert">{words.accounts.checkFields}</p>
    : <p class="form-error" role="alert" tabIndex={-1} autofocus>{words.errors[error]}</p>;
}
