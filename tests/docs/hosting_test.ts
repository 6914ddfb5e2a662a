/**
 * `docs/hosting.md`, line by line: what can be run here is run as it stands there, with the folders
 * of a server below a temporary one; what needs a server of one's own is looked at. A line that
 * is neither fails.
 */
import assert from "node:assert/strict";
import { ENVIRONMENT_VARIABLES, readConfig } from "../../lib/program/config/config.ts";
import { permissionFlags } from "../../lib/program/deno_flags.ts";
import { eventually } from "../support/eventually.ts";
import { findProgram, freePort } from "../support/servers.ts";

const ROOT = new URL("../../", import.meta.url);
const read = (path: string) => Deno.readTextFile(new URL(path, ROOT));

/** Milliseconds: what it needs is installed and built first, while other tests take the processor. */
const FIRST_START = 120_000;

/** A command of the page; a file that is written in place (`<<'END'`) belongs to it. */
async function commandsOf(path: string): Promise<string[]> {
  const blocks = [...(await read(path)).matchAll(/^```sh\n([\s\S]*?)^```$/gm)];
  return blocks.flatMap(([, block]) => block!.match(/^.*<<'END'\n[\s\S]*?^END$|^.+$/gm) ?? []);
}

/** What cannot be run here, and what is looked at instead. */
const LOOKED_AT: [command: RegExp, look: (command: string) => void | Promise<void>][] = [
  [/^apt-get update$/, () => {}],
  [/^apt-get install -y /, debianHasThem],
  [/^curl -fsSL https:\/\/deno\.land\/install\.sh/, isOurDeno],
  [/^useradd --system --home-dir \/opt\/confab confab$/, isUserOfUnit],
  [/^git clone --depth 1 PROJECT_ADDRESS \/opt\/confab$/, () => {}],
  [/^cd \/opt\/confab && git pull$/, () => {}],
  [/^systemctl daemon-reload$/, () => {}],
  [/^systemctl reload caddy$/, () => {}],
  [/^systemctl status confab /, () => {}],
  [/^journalctl -u (confab|caddy) -n 50/, () => {}],
];

/** As far as this machine has Debian's lists. */
async function debianHasThem(command: string): Promise<void> {
  if (findProgram(["apt-cache"]) === null) return;
  const known = async (name: string) =>
    (await new Deno.Command("apt-cache", { args: ["show", name], stderr: "null" }).output())
      .success;
  if (!await known("caddy")) return;
  for (const name of command.replace("apt-get install -y ", "").split(" ")) {
    assert.ok(await known(name), name);
  }
}

async function isOurDeno(command: string): Promise<void> {
  const [, version] = /v([\d.]+)$/.exec(command)!;
  assert.match(await read("README.md"), new RegExp(`deno@${version} task start`));
}

async function isUserOfUnit(): Promise<void> {
  assert.match(await read("deploy/confab.service"), /^User=confab$/m);
}

/** A server's folders below a temporary one, with the project where the page puts it. */
class Server {
  readonly port = freePort();
  #child: Deno.ChildProcess | null = null;

  constructor(readonly folder: string) {}

  async prepare(): Promise<void> {
    for (const path of ["opt", "etc/systemd/system", "etc/caddy", "etc/cron.daily", "var/lib"]) {
      await Deno.mkdir(`${this.folder}/${path}`, { recursive: true });
    }
    await Deno.mkdir(`${this.folder}/var/backups`, { recursive: true });
    await Deno.symlink(ROOT.pathname.replace(/\/$/, ""), `${this.folder}/opt/confab`);
  }

  /** The page's line for this server: its folders and port, and no other user than ours. */
  here(command: string): string {
    return command
      .replace(/(?<![\w.])\/(opt|etc|var)\//g, `${this.folder}/$1/`)
      .replaceAll("runuser -u confab -- ", "")
      .replaceAll("-o confab -g confab ", "")
      .replaceAll(":8000/", `:${this.port}/`);
  }

  async run(command: string): Promise<string> {
    const service = /^systemctl (enable --now|start|restart|stop) confab$/.exec(command)?.[1];
    if (service !== undefined) return await this.#service(service);
    const { success, stdout, stderr } = await new Deno.Command("sh", {
      args: ["-ec", this.here(command)],
      cwd: this.folder,
    }).output();
    const said = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
    assert.ok(success, `${command}\n${said}`);
    return said;
  }

  async #service(what: string): Promise<string> {
    await this.stop();
    if (what === "stop") return "";
    const unit = await Deno.readTextFile(`${this.folder}/etc/systemd/system/confab.service`);
    const value = (name: string) => new RegExp(`^${name}=(.*)$`, "m").exec(unit)![1]!;
    const env = {
      ...settingsIn(value("Environment").replaceAll(" ", "\n")),
      ...settingsIn(await Deno.readTextFile(this.here(value("EnvironmentFile").slice(1)))),
    };
    const { PATH = "", HOME = "", DENO_DIR } = Deno.env.toObject();
    this.#child = new Deno.Command(this.here(value("ExecStart")), {
      cwd: this.here(value("WorkingDirectory")),
      clearEnv: true,
      env: {
        ...env,
        CONFAB_DATA_DIR: this.here(env.CONFAB_DATA_DIR!),
        PORT: String(this.port),
        PATH,
        HOME,
        ...(DENO_DIR === undefined ? {} : { DENO_DIR }),
      },
      stdout: "null",
      stderr: "null",
    }).spawn();
    await eventually(async () => {
      const answer = await fetch(`http://127.0.0.1:${this.port}/readyz`);
      await answer.body?.cancel();
      assert.equal(answer.status, 200);
    }, FIRST_START);
    return "";
  }

  async stop(): Promise<void> {
    this.#child?.kill("SIGTERM");
    await this.#child?.status;
    this.#child = null;
  }
}

/** As systemd reads such a file. */
function settingsIn(text: string): Record<string, string> {
  const lines = text.split("\n").filter((line) => line.includes("="));
  return Object.fromEntries(lines.map((line) => {
    const at = line.indexOf("=");
    return [line.slice(0, at), line.slice(at + 1).replace(/^"(.*)"$/, "$1")];
  }));
}

Deno.test("from a bare server to a chat: the page's lines do what it says", async () => {
  const folder = await Deno.makeTempDir();
  const server = new Server(folder);
  await server.prepare();
  const ran: string[] = [];
  try {
    for (const command of await commandsOf("docs/hosting.md")) {
      const looked = LOOKED_AT.find(([pattern]) => pattern.test(command));
      if (looked !== undefined) await looked[1](command);
      else if (command.startsWith("caddy ") && findProgram(["caddy"]) === null) continue;
      else if (command.includes("users reset-link")) await resetsAnn(server, command);
      else {
        const said = await server.run(command);
        ran.push(command);
        if (command === "ls /var/backups/confab") assert.match(said, /^\w+\.db\nsecret$/m);
        if (command.includes(" check --database ")) assert.match(said, /0 faults|no fault/i);
      }
    }
    assert.ok(ran.length >= 25, `${ran.length} lines were run`);
    await settingsAreRight(await Deno.readTextFile(`${folder}/etc/confab.env`));
    const caddy = await Deno.readTextFile(`${folder}/etc/caddy/Caddyfile`);
    assert.match(caddy, /^chat\.example\.org \{$/m);
  } finally {
    await server.stop();
    await Deno.remove(folder, { recursive: true });
  }
});

/** There is somebody to be helped only once they have an account. */
async function resetsAnn(server: Server, command: string): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${server.port}/api/signup`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username: "ann", password: "a long walk to the sea" }),
  });
  assert.equal(answer.status, 201);
  await answer.body?.cancel();
  assert.match(await server.run(command), /^https:\/\/chat\.example\.org\/reset\/[\w-]{43}$/m);
}

/** Each name is a setting of the program, each value one that it takes and may use. */
function settingsAreRight(file: string): void {
  const settings = settingsIn(file);
  for (const name of Object.keys(settings)) assert.ok(ENVIRONMENT_VARIABLES.includes(name), name);
  // With previews of links it may reach every host.
  const config = readConfig({ ...settings, CONFAB_LINK_PREVIEWS: "off" }, []);
  const flags = permissionFlags(config).join(" ");
  assert.match(flags, /--allow-net=\S*login\.example\.org/);
  assert.match(flags, /--allow-net=\S*mail\.example\.org/);
}
