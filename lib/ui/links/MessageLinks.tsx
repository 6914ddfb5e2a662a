/** What a message links to, in short: a card for each page that said something of itself. */
import type { Message } from "../../protocol/messages.ts";
import { mayDelete } from "../../protocol/permissions.ts";
import { messageFacts, standing } from "../rights.ts";
import { useView } from "../view.ts";
import { LinkCard } from "./LinkCard.tsx";

export function MessageLinks({ message }: { message: Message }) {
  const { state } = useView();
  const me = state.me.value;
  const room = state.rooms.value.get(message.room);
  const mayRemove = room !== undefined &&
    mayDelete(standing(me, room), messageFacts(message, me)) === "allowed";
  return (
    <>
      {message.links.map((link) => (
        <LinkCard key={link.url} link={link} message={message} mayRemove={mayRemove} />
      ))}
    </>
  );
}
