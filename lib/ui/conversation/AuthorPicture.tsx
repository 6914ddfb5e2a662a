/** The picture of a message's author, with their name as known now: a way to their card. */
import type { Message } from "../../protocol/messages.ts";
import { plainName } from "../names.ts";
import { Avatar } from "../parts/Avatar.tsx";
import { PersonLink } from "../parts/PersonLink.tsx";
import { useView } from "../view.ts";

export function AuthorPicture({ message }: { message: Message }) {
  const author = useView().state.users.value.get(message.userId);
  return (
    <PersonLink id={message.userId} again>
      <Avatar
        id={message.userId}
        name={author === undefined ? message.username : plainName(author)}
        picture={author?.avatar ?? null}
      />
    </PersonLink>
  );
}
