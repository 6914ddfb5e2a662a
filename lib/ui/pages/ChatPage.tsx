/**
 * The body of the chat page: the island as the server rendered it, the data it starts from, and
 * a line with a way out for readers without JavaScript.
 */
import type { ComponentChildren } from "preact";
import type { Bootstrap } from "../../client/model.ts";
import { pageWords } from "../catalogue/pages.ts";
import { BOOTSTRAP_ID, ISLAND_ID } from "./island.ts";

export interface ChatPageProps {
  bootstrap: Pick<Bootstrap, "language" | "sessionId">;
  /** The same, for the data block: see `data_block.ts`. */
  data: string;
  /** The island, rendered with the same bootstrap. */
  children: ComponentChildren;
}

export function ChatPage({ bootstrap, data, children }: ChatPageProps) {
  const words = pageWords(bootstrap.language);
  return (
    <>
      <noscript>
        <div class="no-script">
          <p>{words.page.noScript}</p>
          <form method="post" action="/api/logout">
            <input type="hidden" name="session" value={bootstrap.sessionId} />
            <button type="submit" class="button small">{words.settings.logout}</button>
          </form>
        </div>
      </noscript>
      <div id={ISLAND_ID}>{children}</div>
      <script
        type="application/json"
        id={BOOTSTRAP_ID}
        // The one place with raw markup: a data block, which holds no "<" and is never run.
        dangerouslySetInnerHTML={{ __html: data }}
      />
    </>
  );
}
