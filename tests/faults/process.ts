/** What a process costs, as Linux counts it. The test's own permissions do not reach /proc. */

/** Memory that is really used, MB. */
export async function residentMegabytes(pid: number): Promise<number> {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(await contentOf(`/proc/${pid}/status`)) ?? [];
  return Math.round(Number(kilobytes) / 1024);
}

/** Milliseconds of CPU so far, in user code and in the kernel. */
export async function cpuMilliseconds(pid: number): Promise<number> {
  const stat = await contentOf(`/proc/${pid}/stat`);
  // The name of the program, in brackets, may hold spaces; utime and stime are fields 14 and 15.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const TICK = 10; // milliseconds; USER_HZ is 100 everywhere that matters
  return (Number(fields[11]) + Number(fields[12])) * TICK;
}

async function contentOf(path: string): Promise<string> {
  const { stdout } = await new Deno.Command("cat", { args: [path], stderr: "null" }).output();
  return new TextDecoder().decode(stdout);
}
