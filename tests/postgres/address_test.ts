/** Every usual way to say where a PostgreSQL is, and what is wrong about the others. */
import assert from "node:assert/strict";
import {
  AddressError,
  type PostgresAddress,
  readAddress,
  showAddress,
  socketOf,
  type Variables,
} from "../../lib/postgres/address.ts";
import { postgresFiles, postgresPlace, postgresSocket } from "../../lib/postgres/permissions.ts";

const read = (url: string, variables: Variables = { USER: "me" }) => readAddress(url, variables);

function refusal(url: string, variables?: Variables): string {
  try {
    read(url, variables);
  } catch (error) {
    assert(error instanceof AddressError, String(error));
    assert.match(error.message, /\.$/);
    assert.doesNotMatch(error.message, /hunter2/);
    return error.message;
  }
  throw new assert.AssertionError({ message: `${url} was accepted` });
}

const parts = ({ host, port, user, password, database }: PostgresAddress) => [
  host,
  port,
  user,
  password,
  database,
];

Deno.test("a URL says all of it, or the usual standard is meant", () => {
  assert.deepEqual(parts(read("postgres://ann:pw@db.example:6432/chat")), [
    "db.example",
    6432,
    "ann",
    "pw",
    "chat",
  ]);
  assert.deepEqual(parts(read("postgresql://db")), ["db", 5432, "me", null, "me"]);
  assert.deepEqual(parts(read("POSTGRES://ann@")), ["localhost", 5432, "ann", null, "ann"]);
  assert.deepEqual(parts(read("postgres:///chat")), ["localhost", 5432, "me", null, "chat"]);
});

Deno.test("special characters of names and passwords are written as %XX, or as they are where that is clear", () => {
  const { user, password, database } = read("postgres://a%40b:p%2F%3F%23%3A%20%2B@h/c%20d");
  assert.deepEqual([user, password, database], ["a@b", "p/?#: +", "c d"]);
  assert.equal(read("postgres://a:p@ss:w+rd@h/c").password, "p@ss:w+rd");
  assert.equal(read("postgres://a@h/c?password=p+w%2Bd").password, "p+w+d");
  assert.match(refusal("postgres://a:hunter2%zz@h/c"), /%.* without two digits/);
  assert.match(refusal("postgres://a:hunter2/x@h/c"), /port must be a whole number/);
  assert.match(refusal("postgres://a:hunter2%00@h/c"), /NUL/);
});

Deno.test("addresses of IPv6 and folders of sockets are hosts, too", () => {
  assert.deepEqual(parts(read("postgres://ann@[::1]:5433/chat")).slice(0, 2), ["::1", 5433]);
  assert.equal(postgresPlace(read("postgres://ann@[::1]:5433/chat")), "[::1]:5433");
  for (
    const url of [
      "postgres://ann@/chat?host=/run/postgresql",
      "postgres:///chat?host=/run/postgresql/&user=ann",
      "postgres://ann@%2Frun%2Fpostgresql/chat",
    ]
  ) {
    const address = read(url);
    assert.equal(socketOf(address), "/run/postgresql/.s.PGSQL.5432");
    assert.deepEqual(postgresSocket(address), ["/run/postgresql/.s.PGSQL.5432"]);
    assert.equal(postgresPlace(address), "unix:/run/postgresql/.s.PGSQL.5432");
    assert.equal(address.user, "ann");
  }
});

Deno.test("parameters come before the URL's parts, and these before variables", () => {
  const variables = {
    PGHOST: "other",
    PGPORT: "1111",
    PGUSER: "eve",
    PGPASSWORD: "pw",
    PGDATABASE: "talk",
    PGOPTIONS: "-c search_path=chat",
    PGAPPNAME: "club",
  };
  const all = read("postgres://", variables);
  assert.deepEqual(parts(all), ["other", 1111, "eve", "pw", "talk"]);
  assert.deepEqual([all.options, all.applicationName], ["-c search_path=chat", "club"]);
  const some = read("postgres://ann@db/chat?port=2222&user=bob", variables);
  assert.deepEqual(parts(some), ["db", 2222, "bob", "pw", "chat"]);
  assert.equal(read("postgres://", { ...variables, PGHOST: "" }).host, "localhost");
});

Deno.test("encryption is what libpq takes it for, and is checked where an authority is named", () => {
  const mode = (query: string, variables?: Variables) =>
    read(`postgres://h/c?${query}`, { USER: "me", ...variables }).tls.mode;
  assert.equal(mode(""), "prefer");
  for (const each of ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"]) {
    assert.equal(mode(`sslmode=${each}`), each);
  }
  assert.equal(mode("", { PGSSLMODE: "verify-ca" }), "verify-ca");
  assert.equal(mode("ssl=true"), "require");
  assert.equal(mode("sslrootcert=ca.crt"), "verify-full");
  assert.equal(mode("sslrootcert=ca.crt&sslmode=require"), "verify-ca");
  assert.equal(mode("sslrootcert=system"), "verify-full");
  assert.match(refusal("postgres://h/c?sslrootcert=system&sslmode=require"), /verify-full/);
  assert.match(refusal("postgres://h/c?sslmode=yes"), /^Its sslmode must be one of disable, /);
  assert.match(refusal("postgres://h/c", { USER: "me", PGSSLMODE: "on" }), /^PGSSLMODE must be /);
  const { tls } = read(
    "postgres://h/c?sslrootcert=ca.crt&sslcert=me.crt&sslkey=me.key&sslpassword=k",
  );
  assert.deepEqual(tls.client, { certificate: "me.crt", key: "me.key", keyPassword: "k" });
  assert.deepEqual(postgresFiles(read("postgres://h/c?sslrootcert=a&sslcert=b&sslkey=c")), [
    "a",
    "b",
    "c",
  ]);
  assert.match(refusal("postgres://h/c?sslcert=me.crt"), /belong together/);
  assert.match(refusal("postgres://h/c?sslrootcert=a,b"), /comma/);
});

Deno.test("what would be ignored in silence is refused, and what changes nothing is not", () => {
  assert.match(refusal("postgres://h/c?sslmod=require"), /does not know: "sslmod"/);
  assert.match(refusal("postgres://h/c?sslcrl=revoked.pem"), /does not know: "sslcrl"/);
  assert.match(refusal("postgres://h1,h2/c"), /several servers/);
  assert.match(refusal("postgres://h1:1,h2:2/c"), /several servers/);
  assert.match(refusal("postgres://a:hunter2@h:port/c"), /^Its port must be a whole number/);
  assert.match(refusal("postgres://h:0/c"), /port/);
  assert.match(refusal("postgres://h/c", { USER: "me", PGPORT: "70000", PGHOST: "x" }), /^PGPORT/);
  assert.match(refusal("postgres:h/c"), /It must look like/);
  assert.match(refusal("postgres://h/c#hunter2"), /It must look like/);
  assert.match(refusal("postgres://a b@h h/c"), /^Its host must be a name/);
  assert.match(refusal("postgres://h/c", {}), /names no user/);
  const { tls } = read("postgres://h/c?connect_timeout=10&keepalives=1&channel_binding=require");
  assert.equal(tls.channelBinding, "require");
});

Deno.test("what is shown of an address holds no password", () => {
  const shown = showAddress(read("postgres://ann:hunter2@db:6432/chat"));
  assert.equal(shown, 'the database "chat" at db:6432');
  assert.equal(
    showAddress(read("postgres://ann:hunter2@/chat?host=/run")),
    'the database "chat" at /run/.s.PGSQL.5432',
  );
});
