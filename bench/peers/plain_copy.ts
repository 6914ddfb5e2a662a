/**
 * The least that takes and gives files: what comes is written to a file and is on the disk before the
 * answer. Nobody signs in, nothing is looked at, and the last one alone is kept. Arguments: the port,
 * the folder.
 */
const [port, folder] = Deno.args;
let taken = 0;

async function take(body: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<void> {
  const path = `${folder}/${taken++}`;
  {
    using file = await Deno.open(path, { createNew: true, write: true });
    await body.pipeTo(file.writable, { preventClose: true });
    await file.sync();
  }
  await Deno.rename(path, `${folder}/file`);
}

Deno.serve({ port: Number(port), hostname: "127.0.0.1", onListen: () => {} }, async (request) => {
  if (request.method !== "POST") {
    const file = await Deno.open(`${folder}/file`).catch(() => null);
    if (file === null) return new Response("Nothing yet");
    const { size } = await file.stat();
    return new Response(file.readable, { headers: { "content-length": String(size) } });
  }
  if (request.body !== null) await take(request.body);
  return new Response("Kept");
});
