/** How much memory a process has, and has had (proc(5)). It knows no server. */

export interface Memory {
  /** MB. */
  resident: number;
  /** The most since `forgetPeak`, MB. */
  peak: number;
}

export async function memoryOf(pid: number): Promise<Memory> {
  const status = await Deno.readTextFile(`/proc/${pid}/status`);
  const megabytes = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(status)?.[1]) * 1024 / 1e6;
  return { resident: megabytes("VmRSS"), peak: megabytes("VmHWM") };
}

export async function forgetPeak(pid: number): Promise<void> {
  await Deno.writeTextFile(`/proc/${pid}/clear_refs`, "5");
}
