/**
 * Every request passes through here: its origin, its answer's security headers, its caller, and its
 * turn.
 */
import { admitPages } from "../lib/http/admit_pages.ts";
import { admitSockets } from "../lib/http/admit_sockets.ts";
import { identify } from "../lib/http/identify.ts";
import { locate } from "../lib/http/locate.ts";
import { measure } from "../lib/http/measure.ts";
import { crossOrigin, secure } from "../lib/http/security.ts";

export default [measure, locate, secure, crossOrigin, admitSockets, identify, admitPages];
