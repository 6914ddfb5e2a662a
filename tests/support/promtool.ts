/** Prometheus's own checker, where it is installed (Debian: prometheus). */
import { findProgram } from "./servers.ts";

export const findPromtool = (): string | null => findProgram(["promtool"]);
