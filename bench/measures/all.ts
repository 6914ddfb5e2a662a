/** Every measure, in the order of the table. */
import type { Measure } from "../measure.ts";
import { crossNode } from "./cross_node.ts";
import { fanOut40 } from "./fan_out_40.ts";
import { fanOut500 } from "./fan_out_500.ts";
import { fanOut5000 } from "./fan_out_5000.ts";
import { fanOutShared } from "./fan_out_shared.ts";
import { flood } from "./flood.ts";
import { greetings } from "./greetings.ts";
import { hotRoom } from "./hot_room.ts";
import { idle } from "./idle.ts";
import { lastScreen } from "./last_screen.ts";
import { lighthouse } from "./lighthouse.ts";
import { members } from "./members.ts";
import { million } from "./million.ts";
import { pages } from "./pages.ts";
import { picturesPage } from "./pictures_page.ts";
import { replies } from "./replies.ts";
import { restart } from "./restart.ts";
import { restartMany, restartThousand } from "./restart_many.ts";
import { scrolling } from "./scrolling.ts";
import { sends } from "./sends.ts";
import { sendsPostgres } from "./sends_postgres.ts";
import { start } from "./start.ts";
import { sweep } from "./sweep.ts";
import { text } from "./text.tsx";
import { transfer } from "./transfer.ts";
import { thumbnail } from "./thumbnail.ts";
import { uploadsBeside } from "./uploads_beside.ts";
import { weight } from "./weight.ts";

export const MEASURES: Measure[] = [
  fanOut500,
  fanOut40,
  fanOut5000,
  sends,
  replies,
  ...pages,
  flood,
  sendsPostgres,
  hotRoom,
  lastScreen,
  crossNode,
  fanOutShared,
  sweep,
  idle,
  start,
  million,
  restart,
  restartThousand,
  restartMany,
  greetings,
  weight,
  thumbnail,
  transfer,
  uploadsBeside,
  text,
  members,
  picturesPage,
  lighthouse,
  scrolling,
];
