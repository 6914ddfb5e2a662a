/** The parts that the engine is joined of, by what they are for: types alone. */
import type { Api } from "./api.ts";
import type { Directory } from "./directory.ts";
import type { DraftDevices } from "./draft_devices.ts";
import type { DraftTargets } from "./draft_targets.ts";
import type { Drafts } from "./drafts.ts";
import type { Environment } from "./environment.ts";
import type { Bootstrap } from "./model.ts";
import type { Opening } from "./opening.ts";
import type { Outbox } from "./outbox.ts";
import type { Pages } from "./pages.ts";
import type { PeopleRequests } from "./people_requests.ts";
import type { ReadMarks } from "./read_marks.ts";
import type { Recount } from "./recount.ts";
import type { Requests } from "./requests.ts";
import type { Rooms } from "./rooms.ts";
import type { ServerLink } from "./server_link.ts";
import type { SessionWatch } from "./session.ts";
import type { EngineState } from "./state.ts";
import type { Sync } from "./sync.ts";
import type { Telling } from "./telling.ts";
import type { Threads } from "./threads.ts";
import type { Typing } from "./typing.ts";
import type { Uploads } from "./uploads.ts";

/** What all parts stand on. */
export interface Ground {
  bootstrap: Bootstrap;
  environment: Environment;
  state: EngineState;
  telling: Telling;
}

/** How the server is reached. */
export interface Line {
  api: Api;
  link: ServerLink;
  session: SessionWatch;
  requests: Requests;
}

/** What the user writes. */
export interface WritingParts {
  outbox: Outbox;
  uploads: Uploads;
  typing: Typing;
  drafts: Drafts;
  draftSync: DraftDevices;
  targets: DraftTargets;
}

export interface ReadingParts {
  marks: ReadMarks;
  recount: Recount;
  sync: Sync;
  rooms: Rooms;
  pages: Pages;
  directory: Directory;
  opening: Opening;
  threads: Threads;
}

export interface Engine extends Ground, Line, WritingParts, ReadingParts {
  peopleRequests: PeopleRequests;
  start(): void;
  stop(): void;
}
