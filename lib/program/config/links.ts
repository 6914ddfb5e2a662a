/** The settings of previews of links. Joined into the table of `settings.ts`. */
import { setting } from "./setting.ts";
import { oneOf } from "./values.ts";

export const LINK_SETTINGS = {
  linkPreviews: setting<"on" | "off" | null>({
    env: "CONFAB_LINK_PREVIEWS",
    flag: "link-previews",
    default: "",
    defaultHelp: "on; staff may set it in the browser",
    help:
      "Whether messages show what they link to, for which this server asks other sites: `on`, " +
      "or `off`, so that it need not reach the network.",
    accepts: '"on" or "off"',
    parse: (text) => text === "" ? null : oneOf(text, ["on", "off"]),
  }),
  linkHosts: setting<string[]>({
    env: "CONFAB_LINK_HOSTS",
    flag: "link-hosts",
    default: "",
    defaultHelp: "none",
    help: "Hosts of your own network whose pages may be shown too, separated by commas: " +
      "wiki.example.org, or wiki.example.org:8080. All others must be on the open internet.",
    accepts: 'hosts such as "wiki.example.org" or "10.0.0.5:8080", separated by commas',
    parse: hostList,
  }),
};

/** As addresses name them: the port left out where it is the standard one. */
function hostList(text: string): string[] | undefined {
  const written = text.split(",").map((each) => each.trim()).filter((each) => each !== "");
  const hosts = written.map((each) => {
    const url = URL.parse(`http://${each}`);
    if (url === null || url.username !== "" || url.password !== "") return null;
    return url.pathname + url.search + url.hash === "/" && !/[/?#]/.test(each) ? url.host : null;
  });
  return hosts.some((host) => host === null) ? undefined : hosts.filter((host) => host !== null);
}
