/**
 * A unique id for a message. Time, then chance (as UUID version 7): new ids are next to each other
 * in the server's index. `randomUUID` exists only in secure contexts, and a chat at home may be
 * served over plain HTTP.
 */
export function newClientId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(10));
  const chance = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return Date.now().toString(16).padStart(12, "0") + chance;
}
