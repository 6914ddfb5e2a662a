/** Counts what must not happen while messages are sent as fast as they are acknowledged. */

export function sendFaults(
  sockets: readonly { sent: number; acks: number; errors: number; closed: number }[],
  posts: readonly { statuses: Record<string, number> }[],
): number {
  let count = 0;
  for (const { sent, acks, errors, closed } of sockets) count += sent - acks + errors + closed;
  for (const { statuses } of posts) count += refused(statuses);
  return count;
}

/** Answers that are neither a success nor "unchanged"; 0 stands for a connection that broke. */
export function refused(statuses: Record<string, number>): number {
  return Object.entries(statuses)
    .filter(([status]) => !/^(2|304$)/.test(status))
    .reduce((sum, [, count]) => sum + count, 0);
}
