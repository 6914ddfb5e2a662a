/** Reads Prometheus's text format, strictly: what a scraper would refuse or misread is an error. */
import assert from "node:assert/strict";

export interface Series {
  name: string;
  labels: Record<string, string>;
  value: number;
}

export interface ParsedFamily {
  name: string;
  type: string;
  help: string;
  series: Series[];
}

const SAMPLE = /^([a-z_:][a-z0-9_:]*)(?:\{(.*)\})? (NaN|[+-]?(?:Inf|[\d.]+(?:e[+-]?\d+)?))$/i;
const LABEL = /([a-z_][a-z0-9_]*)="((?:[^"\\]|\\[\\"n])*)"(?:,|$)/giy;

export class MetricsPage {
  readonly families = new Map<string, ParsedFamily>();

  constructor(text: string) {
    assert.ok(text.endsWith("\n"));
    let family = null as ParsedFamily | null; // the compiler would narrow it to null
    for (const line of text.split("\n").filter((line) => line !== "")) {
      const [, kind, name = "", rest = ""] = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line) ?? [];
      if (kind === "HELP") {
        assert.ok(!this.families.has(name), `${name} is there once`);
        family = { name, type: "", help: rest, series: [] };
        this.families.set(name, family);
        continue;
      }
      assert.ok(family !== null, line);
      if (kind === undefined) {
        family.series.push(readSeries(line, family));
        continue;
      }
      assert.equal(family.name, name, line);
      family.type = rest;
    }
  }

  /** One series' value. */
  value(name: string, labels: Record<string, string> = {}): number {
    const found = this.find(name, labels);
    assert.equal(found.length, 1, `${name} ${JSON.stringify(labels)}: ${JSON.stringify(found)}`);
    return found[0]!.value;
  }

  /** All series of this name that have at least these labels. */
  find(name: string, labels: Record<string, string> = {}): Series[] {
    return [...this.families.values()].flatMap(({ series }) => series)
      .filter((each) => each.name === name)
      .filter((each) => Object.entries(labels).every(([key, value]) => each.labels[key] === value));
  }
}

function readSeries(line: string, family: ParsedFamily): Series {
  const [, name = "", inner = "", value = ""] = SAMPLE.exec(line) ?? assert.fail(line);
  const suffix = name.slice(family.name.length);
  const suffixes = family.type === "histogram" ? ["_bucket", "_sum", "_count"] : [""];
  assert.ok(name.startsWith(family.name) && suffixes.includes(suffix), line);
  const labels: Record<string, string> = {};
  let end = 0;
  for (const match of inner.matchAll(LABEL)) {
    const [whole, label = "", text = ""] = match;
    assert.equal(match.index, end, line);
    assert.ok(!(label in labels), line);
    labels[label] = text;
    end += whole.length;
  }
  assert.equal(end, inner.length, line);
  return { name, labels, value: Number(value.replace("Inf", "Infinity")) };
}
