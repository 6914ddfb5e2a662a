/** The least that Deno can serve: what Confab's start is compared with. Argument: the port. */
Deno.serve(
  { port: Number(Deno.args[0]), hostname: "127.0.0.1", onListen: () => {} },
  () => new Response("Hello"),
);
