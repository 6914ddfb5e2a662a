/**
 * A name for a message that nobody else will ever give. Time, then chance (as UUID version 7): new
 * ids stand beside each other in the server's index. `randomUUID` exists in secure contexts only,
 * and a chat at home may be served over plain HTTP.
 */
export function newClientId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(10));
  const chance = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return Date.now().toString(16).padStart(12, "0") + chance;
}
