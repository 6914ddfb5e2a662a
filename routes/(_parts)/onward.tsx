/** Answers with the page that leads on to a provider. */
import type { Ctx } from "../../lib/http/state.ts";
import { PLAIN_STYLES } from "../../lib/http/pages.ts";
import { pageWords } from "../../lib/ui/catalogue/pages.ts";
import { Document } from "../../lib/ui/pages/Document.tsx";
import { OnwardPage, type OnwardPageProps } from "../../lib/ui/pages/OnwardPage.tsx";

export function showOnward(
  ctx: Ctx,
  { url, ...props }: Omit<OnwardPageProps, "language" | "href"> & { url: URL },
): Response {
  const { language, services: { assets } } = ctx.state;
  const page = (
    <Document
      language={language}
      theme={ctx.state.caller?.user.theme ?? "system"}
      title={pageWords(language).signOn.onwardTitle[props.kind](props.provider)}
      stylesheets={assets(PLAIN_STYLES).styles}
      secretAddress
    >
      <OnwardPage language={language} href={url.href} {...props} />
    </Document>
  );
  // Goes on by itself. A redirect would be refused: it would be a form's, to another site.
  return ctx.render(page, { headers: { refresh: `0; url=${url.href}` } });
}
