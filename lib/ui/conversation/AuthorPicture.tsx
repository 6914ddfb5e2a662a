/** The picture of a message's author, with their name as known now: a way to their card. */
import type { Message } from "../../protocol/messages.ts";
import { authorName } from "../names.ts";
import { Avatar } from "../parts/Avatar.tsx";
import { PersonLink } from "../parts/PersonLink.tsx";
import { useView } from "../view.ts";

export function AuthorPicture({ message }: { message: Message }) {
  const users = useView().state.users.value;
  return (
    <PersonLink id={message.userId} again>
      <Avatar
        id={message.userId}
        name={authorName(users, message)}
        picture={users.get(message.userId)?.avatar ?? null}
      />
    </PersonLink>
  );
}
