/** The frame that login, signup and error pages share: the mark, a heading, one column. */
import type { ComponentChildren } from "preact";
import { useBrand } from "../brand.ts";
import { Mark } from "../parts/Mark.tsx";

export interface AuthFrameProps {
  title: string;
  lead?: string | undefined;
  children: ComponentChildren;
}

export function AuthFrame({ title, lead, children }: AuthFrameProps) {
  const { name, logo } = useBrand();
  return (
    <main class="auth">
      <div class="auth-card">
        <p class="auth-brand">
          <Mark logo={logo} />
          <span dir="auto">{name}</span>
        </p>
        <h1>{title}</h1>
        {lead && <p class="auth-lead" dir="auto">{lead}</p>}
        {children}
      </div>
    </main>
  );
}
