/** What looks at files: it begins with the first one, so that no start waits for it. */
import { eventLoop } from "../event_loop.ts";
import type { Inspector } from "../files/inspect.ts";
import { InspectorDesk } from "../files/inspecting/desk.ts";
import type { Logger } from "../program/log.ts";
import { INSPECTOR_WORKER } from "../program/places.ts";

export function openInspector(log: Logger): Inspector {
  return new InspectorDesk({
    createWorker: () => new Worker(INSPECTOR_WORKER, { type: "module", name: "inspector" }),
    loop: eventLoop,
    log: (message, detail) => log.warn(message, detail === "" ? {} : { detail }),
  });
}
