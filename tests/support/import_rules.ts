/**
 * The house as a table: its parts from the bottom up, and what each may import. The test of the
 * boundaries holds it against the real imports, and `docs/architecture.md` shows it.
 */

export interface Part {
  /** As others name it. */
  name: string;
  /** For whoever reads the table. */
  what: string;
  /** Files ("lib/errors.ts") and folders ("lib/chat/"); the first part that fits is a file's own. */
  paths: readonly string[];
  /** The part that it is a piece of: what is in the same part may import each other. */
  inside?: string;
  /** Other parts, by name: types and values. */
  may: readonly string[];
  /** Other parts of which only the types pass, which are gone when the program runs. */
  mayTypes?: readonly string[];
}

/**
 * From the bottom up: nobody imports what stands below in this list. Whoever wants to loosen a
 * line here says why in a decision.
 */
export const PARTS: readonly Part[] = [
  {
    name: "plain protocol",
    what: "limits, codes, permissions, texts: what the browser loads of the protocol",
    paths: [
      "codes",
      "emoji",
      "first_use",
      "graphemes",
      "limits",
      "mentions",
      "names",
      "permissions",
      "plain_text",
      "search_words",
      "text",
      "time",
      "unread",
    ].map((name) => `lib/protocol/${name}.ts`),
    inside: "protocol",
    may: [],
  },
  {
    name: "protocol",
    what: "schemas, objects, events by feature; shared with the browser as types",
    paths: ["lib/protocol/"],
    may: [],
  },
  {
    name: "errors",
    what: "an error as users and machines see it: a code and a sentence",
    paths: ["lib/errors.ts"],
    may: ["plain protocol"],
  },
  {
    name: "event loop",
    what: "timers and the monotonic clock",
    paths: ["lib/event_loop.ts"],
    may: [],
    mayTypes: ["plain protocol"],
  },
  {
    name: "store's contract",
    what: "what a store must do, by feature",
    paths: ["lib/store/store.ts", "lib/store/contract/"],
    may: [],
    mayTypes: ["plain protocol", "protocol"],
  },
  {
    name: "database's contract",
    what: "the little that operations and the group commit ask of a database",
    paths: ["lib/store/driver.ts", "lib/store/transaction.ts"],
    may: [],
  },
  {
    name: "looks",
    what: "which names look alike (UTS #39)",
    paths: ["lib/store/looks/"],
    may: ["plain protocol"],
  },
  {
    name: "operations",
    what: "what a store does, in SQL that every database understands",
    paths: ["lib/store/operations/"],
    may: ["plain protocol", "errors", "looks"],
    mayTypes: ["protocol", "store's contract", "database's contract"],
  },
  {
    name: "migrations",
    what: "the schema, step by step",
    paths: ["lib/store/migrations/"],
    may: ["plain protocol", "looks", "operations"],
    mayTypes: ["database's contract"],
  },
  {
    name: "group commit",
    what: "many writes in one transaction, for any database",
    paths: ["lib/store/commit/"],
    may: ["errors", "operations"],
    mayTypes: ["plain protocol", "store's contract", "database's contract"],
  },
  {
    name: "SQLite",
    what: "the embedded database, in Workers",
    paths: ["lib/store/sqlite/"],
    may: ["database's contract", "operations", "migrations", "group commit"],
    mayTypes: ["plain protocol", "store's contract"],
  },
  {
    name: "bus's contract",
    what: "what a bus must do",
    paths: ["lib/bus/bus.ts"],
    may: [],
  },
  {
    name: "bus",
    what: "signals between connections: in this process",
    paths: ["lib/bus/"],
    may: [],
    mayTypes: ["bus's contract"],
  },
  {
    name: "chat",
    what: "the rules: commands as a table `{ schema, access, run }`; knows no transport",
    paths: ["lib/chat/"],
    may: ["plain protocol", "protocol", "errors"],
    mayTypes: ["store's contract", "bus's contract"],
  },
  {
    name: "caller",
    what: "who calls, whichever way they proved it",
    paths: ["lib/auth/caller.ts"],
    may: [],
    mayTypes: ["plain protocol", "protocol"],
  },
  {
    name: "auth",
    what: "passwords, tokens, sessions, throttle, origins: the ways to a caller",
    paths: ["lib/auth/"],
    may: ["plain protocol", "errors"],
    mayTypes: ["protocol", "store's contract", "caller"],
  },
  {
    name: "config",
    what: "the settings, the log, the data's folder, where things lie on the disk",
    paths: [
      "lib/program/config/",
      "lib/program/data_folder.ts",
      "lib/program/log.ts",
      "lib/program/places.ts",
      "deno.json",
    ],
    may: [],
  },
  {
    name: "hub",
    what: "who is connected here; batches and sends; presence",
    paths: ["lib/hub/"],
    may: ["plain protocol", "protocol", "errors", "chat"],
    mayTypes: ["event loop", "bus's contract", "caller", "config"],
  },
  {
    name: "fresh",
    what: "Fresh 2's shape over Hono",
    paths: ["lib/fresh/"],
    may: [],
  },
  {
    name: "model",
    what: "the engine's state as the views see it",
    paths: ["lib/client/model.ts", "lib/client/draft.ts", "lib/client/request_error.ts"],
    may: [],
    mayTypes: ["plain protocol", "protocol"],
  },
  {
    name: "client",
    what: "the engine: socket, sync, outbox, state; no JSX",
    paths: ["lib/client/"],
    may: ["plain protocol", "model"],
    mayTypes: ["protocol"],
  },
  {
    name: "words",
    what: "every word of the interface, by language and area",
    // How a name is isolated in a sentence of the other direction.
    paths: ["lib/ui/catalogue/", "lib/ui/direction.ts"],
    may: [],
    mayTypes: ["plain protocol", "protocol"],
  },
  {
    name: "view",
    what: "what every view is given, and how names, numbers and dates are written",
    paths: [
      "clipboard",
      "dates",
      "field_errors",
      "names",
      "numbers",
      "people_search",
      "rights",
      "view",
      "settings/sections",
    ].map((name) => `lib/ui/${name}.ts`),
    may: ["plain protocol", "model", "words"],
    mayTypes: ["protocol"],
  },
  {
    name: "parts",
    what: "what several views are made of: avatars, fields, menus, dialogs",
    paths: ["lib/ui/parts/"],
    may: ["view"],
    mayTypes: ["protocol"],
  },
  {
    name: "conversation",
    what: "a room's messages and where one writes",
    paths: ["lib/ui/conversation/"],
    may: ["plain protocol", "model", "words", "view", "parts"],
    mayTypes: ["protocol"],
  },
  {
    name: "sidebar",
    what: "the list of rooms",
    paths: ["lib/ui/sidebar/"],
    may: ["view", "parts"],
    mayTypes: ["protocol", "words"],
  },
  {
    name: "room",
    what: "what stands around a conversation: its header, its members",
    paths: ["lib/ui/room/"],
    may: ["plain protocol", "model", "words", "view", "parts"],
    mayTypes: ["protocol"],
  },
  {
    name: "dialogs",
    what: "what is asked in between",
    paths: ["lib/ui/dialogs/"],
    may: ["plain protocol", "model", "words", "view", "parts"],
    mayTypes: ["protocol"],
  },
  {
    name: "pages",
    what: "whole pages as the server writes them",
    paths: ["lib/ui/pages/"],
    may: ["plain protocol", "words", "view", "parts"],
    mayTypes: ["protocol", "model"],
  },
  {
    name: "settings",
    what: "the pages of one's own settings, and what makes their forms live",
    paths: ["lib/ui/settings/"],
    may: ["plain protocol", "words", "view", "parts"],
    mayTypes: ["protocol"],
  },
  {
    name: "styles",
    what: "tokens, and a file of CSS for each area",
    paths: ["lib/ui/styles/"],
    may: [],
  },
  {
    name: "browser",
    what: "focus, input methods, translators: what a browser does around the views",
    paths: ["lib/ui/browser/"],
    may: [],
  },
  {
    name: "chat view",
    what: "the live interface, composed",
    paths: ["lib/ui/ChatView.tsx", "lib/ui/RoomView.tsx"],
    may: [
      "plain protocol",
      "words",
      "browser",
      "view",
      "parts",
      "conversation",
      "sidebar",
      "room",
      "dialogs",
    ],
    mayTypes: ["protocol", "model"],
  },
  {
    name: "islands",
    what: "what lives in a page: joins the engine to the views",
    paths: ["islands/"],
    may: ["client", "words", "view", "chat view"],
    mayTypes: ["model"],
  },
  {
    name: "browser's entry",
    what: "what a page loads",
    paths: ["client.ts", "settings.ts", "api_docs.ts"],
    may: ["client", "settings", "islands", "pages", "words", "styles"],
    mayTypes: ["model"],
  },
  {
    name: "description",
    what: "the HTTP interface in words and schemas (OpenAPI); loaded when somebody asks for it",
    paths: ["lib/http/openapi/"],
    inside: "http",
    may: ["plain protocol", "protocol", "errors", "chat"],
  },
  {
    name: "http",
    what: "what routes share: a request's state, bodies, answers, headers",
    paths: ["lib/http/"],
    may: ["plain protocol", "protocol", "errors", "chat", "auth", "fresh", "words", "view"],
    mayTypes: ["config", "event loop", "hub", "model"],
  },
  {
    name: "routes",
    what: "what has a URL; reads like a table of contents",
    paths: ["routes/"],
    may: [
      "plain protocol",
      "protocol",
      "errors",
      "chat",
      "auth",
      "hub",
      "fresh",
      "http",
      "description",
      "pages",
      "settings",
      "sidebar",
      "words",
      "islands",
    ],
    mayTypes: ["view", "model"],
  },
  {
    name: "route modules",
    what: "what is below `routes/`, as modules; the bundle replaces it",
    paths: ["lib/program/route_modules.ts"],
    may: ["config", "fresh"],
  },
  {
    name: "composition",
    what: "config → `{ fetch, close }`: the only file that knows everything",
    paths: ["lib/app.ts"],
    may: [
      "plain protocol",
      "event loop",
      "SQLite",
      "bus",
      "chat",
      "auth",
      "config",
      "hub",
      "fresh",
      "http",
      "route modules",
    ],
    mayTypes: ["store's contract", "bus's contract"],
  },
  {
    name: "program",
    what: "the command line, listening, the locks, one server after another",
    paths: ["lib/program/"],
    may: ["config", "composition", "fresh"],
  },
  {
    name: "entries",
    what: "what is started: the server, development, the builds",
    paths: [
      "main.ts",
      "start.ts",
      "dev.ts",
      "build.ts",
      "build_server.ts",
      "compile.ts",
      "vite.config.ts",
    ],
    may: ["config", "program", "fresh"],
  },
];
