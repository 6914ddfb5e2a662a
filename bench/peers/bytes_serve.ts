/**
 * The least that Deno needs to send the bytes of an answer with its headers: the runtime's floor
 * for that answer. Arguments: the port, a folder with `head` (JSON) and `body`.
 */
const [port, folder] = Deno.args;
const body = await Deno.readFile(`${folder}/body`);
const head: ResponseInit = JSON.parse(await Deno.readTextFile(`${folder}/head`));
const content = head.status === 304 ? null : body;
Deno.serve(
  { port: Number(port), hostname: "127.0.0.1", onListen: () => {} },
  () => new Response(content, head),
);
