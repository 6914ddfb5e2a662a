/** `/admin/health`: whether everything works, and what it has and takes. */
import type { ComponentChildren } from "preact";
import type { Health } from "../../protocol/health.ts";
import { grouped } from "../catalogue/numbers.ts";
import { formatSize } from "../catalogue/sizes.ts";
import { type PageWords, pageWords } from "../catalogue/pages.ts";
import { formatAgo } from "../ago.ts";
import { AdminFrame } from "./AdminFrame.tsx";
import type { AdminProps } from "./sections.ts";

/** Below it a disk is nearly full: what a day of pictures may take. Bytes. */
const LITTLE = 1_000_000_000;

export interface HealthPageProps extends AdminProps {
  health: Health;
  now: number;
}

export function HealthPage({ health, now, ...page }: HealthPageProps) {
  const { language } = page;
  const words = pageWords(language);
  const size = (bytes: number | null) =>
    bytes === null ? words.health.unknown : formatSize(bytes, language);
  // Days are the server's own: without a script it does not know the reader's.
  const ago = (at: number) => formatAgo(at, { now, ahead: () => 0 }, language, words.dates);
  const count = (value: number) => grouped(language, value);
  const rows = { words, health, size, ago, count };
  return (
    <AdminFrame section="health" {...page}>
      <Verdict words={words} health={health} />
      <ServerPart {...rows} />
      <StoragePart {...rows} />
      <PeoplePart {...rows} />
      <ErrorsPart {...rows} />
    </AdminFrame>
  );
}

/** What a person should know first. */
function Verdict({ words, health }: { words: PageWords; health: Health }) {
  const { degraded, mail, backedUpAt, diskFree } = health;
  const troubles = [
    ...degraded.map((part) => words.health.degraded[part]),
    ...(mail.state === "fails" ? [words.health.mailFails] : []),
    ...(diskFree !== null && diskFree < LITTLE ? [words.health.diskLow] : []),
  ];
  return (
    <>
      {troubles.length === 0
        ? <p class="health-well">{words.health.well}</p>
        : troubles.map((trouble) => <p key={trouble} class="form-error">{trouble}</p>)}
      {backedUpAt === null && <p class="form-note">{words.health.neverBackedUp}</p>}
    </>
  );
}

interface PartProps {
  words: PageWords;
  health: Health;
  size(bytes: number | null): string;
  ago(at: number): string;
  count(value: number): string;
}

function ServerPart({ words, health, ago, count }: PartProps) {
  const { bus, mail } = health;
  const away = bus.connected ? "" : ` ${words.health.buses.away}`;
  return (
    <Part id="server" title={words.health.parts.server}>
      <Row name={words.health.rows.version}>{health.version}</Row>
      <Row name={words.health.rows.schema}>{health.schema}</Row>
      <Row name={words.health.rows.since}>{ago(health.since)}</Row>
      <Row name={words.health.rows.nodes}>{count(health.nodes)}</Row>
      <Row name={words.health.rows.bus}>{words.health.buses[bus.kind]}{away}</Row>
      <Row name={words.health.rows.mail}>{words.health.mail[mail.state]}</Row>
    </Part>
  );
}

function StoragePart({ words, health, size, ago }: PartProps) {
  const { database, databaseSize, diskFree, backedUpAt } = health;
  return (
    <Part id="storage" title={words.health.parts.storage}>
      <Row name={words.health.rows.database}>{words.health.databases[database]}</Row>
      <Row name={words.health.rows.size}>{size(databaseSize)}</Row>
      {database === "sqlite" && <Row name={words.health.rows.disk}>{size(diskFree)}</Row>}
      <Row name={words.health.rows.backup}>
        {backedUpAt === null ? words.health.never : ago(backedUpAt)}
      </Row>
    </Part>
  );
}

function PeoplePart({ words, health, count }: PartProps) {
  return (
    <Part id="people" title={words.health.parts.people}>
      <Row name={words.health.rows.people}>{count(health.people)}</Row>
      <Row name={words.health.rows.online}>{count(health.online)}</Row>
      <Row name={words.health.rows.connections}>{count(health.connections)}</Row>
      <Row name={words.health.rows.rooms}>{count(health.rooms)}</Row>
      <Row name={words.health.rows.messages}>{count(health.messages)}</Row>
    </Part>
  );
}

function ErrorsPart({ words, health: { errors }, count }: PartProps) {
  return (
    <Part id="errors" title={words.health.parts.errors}>
      <Row name={words.health.rows.internal}>{count(errors.internal)}</Row>
      <Row name={words.health.rows.unavailable}>{count(errors.unavailable)}</Row>
      <Row name={words.health.rows.rate_limited}>{count(errors.rate_limited)}</Row>
    </Part>
  );
}

function Part(
  { id, title, children }: { id: string; title: string; children: ComponentChildren },
) {
  return (
    <section class="settings-part" aria-labelledby={`health-${id}`}>
      <h2 id={`health-${id}`}>{title}</h2>
      <dl class="health-rows">{children}</dl>
    </section>
  );
}

function Row({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div class="health-row">
      <dt>{name}</dt>
      <dd dir="auto">{children}</dd>
    </div>
  );
}
