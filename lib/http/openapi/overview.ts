/** What the document says before its requests: the rules they all share. */
import { LIMITS } from "../../protocol/limits.ts";

export const TITLE = "Confab";

/** The version of the protocol, which the paths do not name. */
export const VERSION = "1";

export const OVERVIEW = `Real-time chat. Whatever changes goes out over the WebSocket at \`/chat\`
as well; its commands and events, and what both promise, are in \`docs/protocol.md\` of the source.

**Conventions.** JSON in UTF-8. Ids are positive integers. Times are milliseconds since the Unix
epoch. Unknown fields in a request are refused; ignore unknown fields in an answer, as
fields may be added.
Lengths are counted in code points, as JSON Schema counts them: 👍 is one, though JavaScript's
\`length\` says two. If a name or a text is trimmed or normalised, its length is that of what is
kept. A body has at most ${LIMITS.frameBytes} bytes.

**Who asks.** The session, given by its cookie or as \`Authorization: Bearer TOKEN\`. \`POST /api/login\` gives you both. The cookie is named after the server's database: take it from \`Set-Cookie\`.

**From where.** A request that changes something and carries no token must come from this site: with
its \`Origin\`, or \`Sec-Fetch-Site: same-origin\`. Otherwise the answer is 403 \`forbidden\`. With a token it may
come from anywhere.

**For which session.** A page names its session in \`X-Confab-Session\`, and its server in
\`X-Confab-Instance\`. If somebody else has signed in with the same browser since, the answer is
409 \`other_session\`, and nothing is changed. Scripts may leave both out.

**Errors.** \`application/problem+json\` (RFC 9457) with a \`code\` for programs. If fields are the
cause, \`errors\` says which and why. With 429, and with 503 if known, \`Retry-After\` says after how
many seconds to try again.

**Not found.** What the caller may not see gets the same answer as what does not exist: 404. A path
without such a method answers 405 \`bad_request\` with \`Allow\`.

**Pages.** Long lists come in pages. An answer says where the next one begins: messages by their
\`seq\` (\`hasBefore\`, \`hasAfter\`), changes by their \`rev\` (\`more\`), members and hidden rooms by
\`next\`.

**Writing.** A change is answered with 200, 201 or 204 only when it is on the disk. Writing too fast
answers 429.
`;
