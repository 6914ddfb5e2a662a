/** On a phone: from a room back to the list of rooms. */
import { useView } from "../view.ts";
import { Icon } from "./Icon.tsx";
import { PlaceLink } from "./PlaceLink.tsx";

export function BackLink() {
  const { words } = useView();
  return (
    <PlaceLink place={{ room: null }} class="icon-button back" aria-label={words.sidebar.back}>
      <Icon name="back" />
    </PlaceLink>
  );
}
