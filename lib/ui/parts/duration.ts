/** How long something lasts, as players write it. Pure. */

/** "0:07", "1:02:03". @param seconds negative and strange ones are zero */
export function formatDuration(seconds: number): string {
  const all = Number.isFinite(seconds) ? Math.max(0, Math.floor(seconds)) : 0;
  const hours = Math.floor(all / 3600);
  const rest = `${Math.floor(all / 60) % 60}:${String(all % 60).padStart(2, "0")}`;
  return hours === 0 ? rest : `${hours}:${rest.padStart(5, "0")}`;
}
