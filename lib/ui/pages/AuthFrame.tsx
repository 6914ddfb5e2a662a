/** The frame that login, signup and error pages share: the mark, a heading, one column. */
import type { ComponentChildren } from "preact";
import { Mark } from "../parts/Mark.tsx";

export interface AuthFrameProps {
  brand: string;
  title: string;
  lead?: string | undefined;
  children: ComponentChildren;
}

export function AuthFrame({ brand, title, lead, children }: AuthFrameProps) {
  return (
    <main class="auth">
      <div class="auth-card">
        <p class="auth-brand">
          <Mark />
          {brand}
        </p>
        <h1>{title}</h1>
        {lead && <p class="auth-lead" dir="auto">{lead}</p>}
        {children}
      </div>
    </main>
  );
}
