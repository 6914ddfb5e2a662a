/**
 * A proxy that people put in front of Confab, run with the file of deploy/ itself: only its ports,
 * its certificate and where it finds Confab are the test's. Where the program is not installed,
 * `.ci/run` demands it and anybody else is told that the test was left out.
 */
import assert from "node:assert/strict";
import { eventually } from "./browser.ts";
import { findProgram, freePort } from "./servers.ts";

const DEPLOY = new URL("../../deploy/", import.meta.url);
/** Set by .ci/run, which installs them. */
const REQUIRED = Deno.env.get("CONFAB_REQUIRE_DEPLOY") === "1";

export interface Proxy extends AsyncDisposable {
  /** As people reach it, "https://chat.example.org:PORT". */
  readonly origin: string;
}

/** What the test has instead of the file's own. */
interface Place {
  folder: string;
  port: number;
  plainPort: number;
  /** Where the nodes listen. */
  behind: readonly number[];
}

export const HOST = "chat.example.org";

/** Runs a test where a program is installed. */
export function withProgram(program: string, name: string, fn: () => Promise<void>): void {
  const missing = findProgram([program]) === null;
  Deno.test({
    name: missing ? `LEFT OUT, there is no ${program}: ${name}` : name,
    ignore: missing && !REQUIRED,
    sanitizeOps: false,
    sanitizeResources: false,
    async fn() {
      assert(!missing, `The tests of deploy/ are required, but there is no ${program}.`);
      await fn();
    },
  });
}

export function startNginx(port: number, ...behind: number[]): Promise<Proxy> {
  return startNginxWith((site) => site, port, ...behind);
}

/** @param edit what an operator changes in the file */
export async function startNginxWith(
  edit: (site: string) => string,
  port: number,
  ...behind: number[]
): Promise<Proxy> {
  const place = await makePlace(port, behind);
  await makeCertificate(place.folder);
  await write(place, "confab.conf", edit(await nginxSite(place)));
  await write(place, "nginx.conf", nginxMain(place.folder));
  const args = ["-p", place.folder, "-c", `${place.folder}/nginx.conf`];
  await demand("nginx", [...args, "-t"]);
  return await run("nginx", args, place);
}

export function startCaddy(port: number, ...behind: number[]): Promise<Proxy> {
  return startCaddyWith((file) => file, port, ...behind);
}

/** @param edit what an operator changes in the file */
export async function startCaddyWith(
  edit: (file: string) => string,
  port: number,
  ...behind: number[]
): Promise<Proxy> {
  const place = await makePlace(port, behind);
  const file = await Deno.readTextFile(new URL("Caddyfile", DEPLOY));
  await demand("caddy", [
    "validate",
    "--adapter",
    "caddyfile",
    "--config",
    `${DEPLOY.pathname}Caddyfile`,
  ]);
  const own = `\tlocal_certs\n\tskip_install_trust\n\tadmin off\n\thttps_port ${port}\n` +
    `\thttp_port ${place.plainPort}\n`;
  const adapted = replaced(file, [
    [/^\{\n/m, `{\n${own}`],
    [/127\.0\.0\.1:8000/, behind.map((each) => `127.0.0.1:${each}`).join(" ")],
  ]);
  await write(place, "Caddyfile", edit(adapted));
  return await run("caddy", ["run", "--config", `${place.folder}/Caddyfile`], place);
}

async function makePlace(port: number, behind: readonly number[]): Promise<Place> {
  const folder = await Deno.makeTempDir();
  // nginx's workers are somebody else, who have their cache in it.
  await Deno.chmod(folder, 0o755);
  return { folder, port, plainPort: freePort(), behind };
}

async function write({ folder }: Place, name: string, text: string): Promise<void> {
  await Deno.writeTextFile(`${folder}/${name}`, text);
}

async function makeCertificate(folder: string): Promise<void> {
  await demand("openssl", [
    ..."req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2".split(" "),
    ...["-subj", `/CN=${HOST}`, "-keyout", `${folder}/privkey.pem`],
    ...["-out", `${folder}/fullchain.pem`],
  ]);
}

async function nginxSite({ folder, port, plainPort, behind }: Place): Promise<string> {
  const nodes = behind.map((each) => `    server 127.0.0.1:${each} $1`).join("\n");
  return replaced(await Deno.readTextFile(new URL("nginx.conf", DEPLOY)), [
    [/listen 443 /, `listen 127.0.0.1:${port} `],
    [/listen \[::\]:443 .*\n/, "\n"],
    [/listen 80;/, `listen 127.0.0.1:${plainPort};`],
    [/listen \[::\]:80;/, ""],
    [/\/etc\/letsencrypt\/live\/chat\.example\.org\/fullchain/, `${folder}/fullchain`],
    [/\/etc\/letsencrypt\/live\/chat\.example\.org\/privkey/, `${folder}/privkey`],
    [/\/var\/cache\/nginx-confab/, `${folder}/cache`],
    [/^ *server 127\.0\.0\.1:8000 (.*)$/m, nodes],
  ]);
}

/** What Debian's own nginx.conf has around it, but for its places. */
function nginxMain(folder: string): string {
  const kinds = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  const paths = kinds.map((kind) => `${kind}_temp_path ${folder}/${kind};`).join("\n");
  return `daemon off;\nworker_processes 1;\npid ${folder}/pid;\nerror_log stderr;\n` +
    `events {}\nhttp {\n${paths}\naccess_log off;\ninclude ${folder}/confab.conf;\n}\n`;
}

/** Fails where the file no longer has what the test replaces. */
function replaced(text: string, changes: [RegExp, string][]): string {
  return changes.reduce((before, [pattern, by]) => {
    assert.match(before, pattern);
    return before.replace(pattern, by);
  }, text);
}

/** Runs a command that must succeed. */
export async function demand(program: string, args: string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(program, { args, env: PATHS })
    .output();
  const words = new TextDecoder().decode(stderr);
  assert.ok(success, `${program} ${args.join(" ")}: ${words}`);
  return new TextDecoder().decode(stdout) + words;
}

/** Debian keeps nginx where only root's path leads. */
const PATHS = { PATH: `${Deno.env.get("PATH")}:/usr/sbin:/sbin` };

async function run(program: string, args: string[], place: Place): Promise<Proxy> {
  const { folder, port } = place;
  const child = new Deno.Command(program, {
    args,
    env: { ...PATHS, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const words = new Response(child.stderr).text();
  const stop = async () => {
    try {
      child.kill("SIGTERM");
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // it has ended already
    }
    await Promise.all([child.status, words]);
    await Deno.remove(folder, { recursive: true });
  };
  const ended = child.status.then(async () => assert.fail(`${program} ended: ${await words}`));
  const listening = eventually(async () => {
    (await Deno.connect({ hostname: "127.0.0.1", port })).close();
  });
  await Promise.race([listening, ended]);
  ended.catch(() => {});
  return { origin: `https://${HOST}:${port}`, [Symbol.asyncDispose]: stop };
}
