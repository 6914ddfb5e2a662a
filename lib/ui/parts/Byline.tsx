/** Who wrote something: the display name, and the username where that alone could be another's. */
import type { Message } from "../../protocol/messages.ts";
import { handleOf, plainName, type Users } from "../names.ts";
import { Name } from "./Name.tsx";

export interface BylineProps {
  users: Users;
  message: Pick<Message, "userId" | "username">;
}

export function Byline({ users, message }: BylineProps) {
  const user = users.get(message.userId);
  const handle = user === undefined ? null : handleOf(user);
  return (
    <>
      <Name class="author">{user === undefined ? message.username : plainName(user)}</Name>
      {handle !== null && <Name class="handle">{handle}</Name>}
    </>
  );
}
