/** A form of a page: it names whose page it is, and which of the page's forms it is. */
import type { ComponentChildren } from "preact";
import { Whose, type WhoseProps } from "./Whose.tsx";

export interface PageFormProps {
  page: WhoseProps;
  action: string;
  id: string;
  class?: string;
  /** Each choice is saved when it is made, where there is a script (`live_forms.ts`). */
  live?: boolean;
  /** It holds refused input: the reader is asked before leaving it. */
  unsaved?: boolean;
  children: ComponentChildren;
}

export function PageForm(
  { page, action, id, class: name = "settings-form", live, unsaved, children }: PageFormProps,
) {
  return (
    <form
      method="post"
      action={action}
      id={id}
      class={name}
      noValidate
      data-live={live ? "" : undefined}
      data-unsaved={unsaved ? "" : undefined}
    >
      <Whose sessionId={page.sessionId} instance={page.instance} />
      <input type="hidden" name="form" value={id} />
      {children}
    </form>
  );
}
