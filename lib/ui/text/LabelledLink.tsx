/**
 * A link behind words. Where it leads stands in its tooltip; words that read like another address
 * are no link themselves, and the real address stands behind them.
 */
import type { ComponentChildren } from "preact";
import type { Inline } from "../../markup/nodes.ts";
import { shownAddress } from "./hosts.ts";
import { leadsElsewhere, UNSEEN } from "./deceit.ts";
import { followable } from "./links.ts";
import { useTabIndex } from "./tab_index.ts";

export interface LabelledLinkProps {
  link: Inline & { type: "link" };
  /** What it is called. */
  children: ComponentChildren;
}

export function LabelledLink(
  { link: { href, raw, children: label }, children }: LabelledLinkProps,
) {
  const tabIndex = useTabIndex();
  const [, mailHost] = MAIL.exec(href) ?? [];
  const url = followable(href);
  const host = url?.hostname ?? mailHost?.toLowerCase();
  if (host === undefined) return <>{raw}</>;
  const shown = url === null ? href : shownAddress(href, url);
  const attributes = {
    href: url === null ? href : url.href,
    target: "_blank",
    rel: "noopener noreferrer nofollow",
    tabIndex,
  };
  const words = wordsOf(label);
  if (leadsElsewhere(words, host)) {
    return (
      <>
        {children} (<a dir="ltr" {...attributes}>{shown}</a>)
      </>
    );
  }
  return (
    <a {...attributes} title={shown}>
      {VISIBLE.test(words.replace(UNSEEN, "")) ? children : shown}
    </a>
  );
}

const MAIL = /^mailto:[^\s?&@]+@([^\s?&@]+)$/i;
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}\p{Extended_Pictographic}]/u;

function wordsOf(pieces: readonly Inline[]): string {
  return pieces.map((piece) =>
    "children" in piece ? wordsOf(piece.children) : piece.type === "break" ? " " : piece.text
  ).join("");
}
