/** Answers with the page that leads on to a provider. */
import type { Ctx } from "../../lib/http/state.ts";
import { pageWords } from "../../lib/ui/catalogue/pages.ts";
import { OnwardPage, type OnwardPageProps } from "../../lib/ui/pages/OnwardPage.tsx";
import { PlainDocument } from "./PlainDocument.tsx";

export function showOnward(
  ctx: Ctx,
  { url, ...props }: Omit<OnwardPageProps, "language" | "href"> & { url: URL },
): Promise<Response> {
  const { language } = ctx.state;
  const page = (
    <PlainDocument
      state={ctx.state}
      title={pageWords(language).signOn.onwardTitle[props.kind](props.provider)}
      secretAddress
    >
      <OnwardPage language={language} href={url.href} {...props} />
    </PlainDocument>
  );
  // Goes on by itself. A redirect would be refused: it would be a form's, to another site.
  return ctx.render(page, { headers: { refresh: `0; url=${url.href}` } });
}
