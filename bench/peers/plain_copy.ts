/**
 * The least that takes and gives files: what comes is written to a file and is on the disk before the
 * answer. Nobody signs in, nothing is looked at. Arguments: the port, the folder.
 */
const [port, folder] = Deno.args;

async function take(body: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<void> {
  using file = await Deno.open(`${folder}/file`, { create: true, write: true, truncate: true });
  await body.pipeTo(file.writable, { preventClose: true });
  await file.sync();
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
