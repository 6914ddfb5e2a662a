/**
 * The least that shows pictures: a page without script or styles that holds nothing but them, in a
 * place whose size is said. Nobody signs in, nothing is read from a disk. Arguments: the port, a
 * folder with the pictures, `0`, `1` …, and `sizes` (JSON), one for each of them.
 */
const [port, folder] = Deno.args;
const sizes: { width: number; height: number }[] = JSON.parse(
  await Deno.readTextFile(`${folder}/sizes`),
);
const pictures = await Promise.all(sizes.map((_, at) => Deno.readFile(`${folder}/${at}`)));
const page = `<!DOCTYPE html><title>Pictures</title>${
  sizes.map(({ width, height }, at) =>
    `<p><img src="/files/${at}" width="${width}" height="${height}" alt="">`
  ).join("")
}`;

Deno.serve({ port: Number(port), hostname: "127.0.0.1", onListen: () => {} }, (request) => {
  const { pathname } = new URL(request.url);
  if (pathname === "/healthz") return Response.json({ status: "ok" });
  if (pathname === "/") {
    return new Response(page, { headers: { "content-type": "text/html; charset=utf-8" } });
  }
  const picture = pictures[Number(pathname.slice("/files/".length))];
  return picture === undefined
    ? new Response(null, { status: 404 })
    : new Response(picture, { headers: { "content-type": "image/webp" } });
});
