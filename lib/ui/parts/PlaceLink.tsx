/** A link to a place in the chat: a real address, followed without loading the page anew. */
import type { ComponentChildren } from "preact";
import { type Place, placePath, useView } from "../view.ts";

export interface PlaceLinkProps {
  place: Place;
  class?: string;
  title?: string;
  tabIndex?: number;
  "aria-label"?: string;
  "aria-current"?: "page" | undefined;
  children: ComponentChildren;
}

export function PlaceLink({ place, children, ...rest }: PlaceLinkProps) {
  const { navigate } = useView();
  return (
    <a
      {...rest}
      href={placePath(place)}
      onClick={(event) => {
        // With a modifier the reader wants another tab: that is the browser's business.
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        navigate(place);
      }}
    >
      {children}
    </a>
  );
}
