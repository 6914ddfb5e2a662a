/** The place of what this browser does not offer, which is said once, by a part that comes at rest. */
import { useAtRest } from "../parts/at_rest.ts";
import { useView } from "../view.ts";

const loadLine = async () => (await import("./WithheldText.tsx")).WithheldText;

export function WithheldLine() {
  const Line = useAtRest(loadLine, useView().state.withheld.value.length > 0);
  return <div role="status">{Line && <Line />}</div>;
}
