/** The place of the line about new sign-ins, which is fetched when there is something to tell. */
import { useAtRest } from "../parts/at_rest.ts";

const loadLine = async () => (await import("./SignInLine.tsx")).SignInLine;

export function News() {
  const Line = useAtRest(loadLine, true);
  return Line && <Line />;
}
