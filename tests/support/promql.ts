/**
 * Reads as much of Prometheus's query language as our dashboard and alerts use, and refuses the rest:
 * an expression that it cannot read is a fault in the expression.
 */

export interface Selector {
  metric: string;
  matchers: { label: string; operator: string; value: string }[];
  /** "5m" in `x[5m]`. */
  range: string | null;
  /** The functions and aggregations around it, innermost first. */
  around: string[];
  /** The labels that the innermost aggregation keeps; null if there is none. */
  keeps: string[] | null;
}

const FUNCTIONS = ["rate", "increase", "histogram_quantile", "label_values"];
const AGGREGATIONS = ["sum", "max", "min", "avg", "topk"];
const OPERATORS = ["*", "/", "+", "-", "==", "!=", ">", "<", ">=", "<=", "and", "or"];
const TOKEN =
  /\s+|(\d+(?:\.\d+)?)(?![\w.])|([a-zA-Z_][\w:]*)|("(?:[^"\\]|\\.)*")|(\[[\w$]+\])|(=~|!~|==|!=|>=|<=|[-+*/=<>(){},])/gy;

/** Every selector of an expression. Throws with a sentence. */
export function selectorsOf(expression: string): Selector[] {
  return new Reader(expression).read();
}

class Reader {
  readonly #tokens: string[] = [];
  readonly #found: Selector[] = [];
  #at = 0;

  constructor(private readonly expression: string) {
    let end = 0;
    for (const match of expression.matchAll(TOKEN)) {
      end = match.index + match[0].length;
      if (match[0].trim() !== "") this.#tokens.push(match[0]);
    }
    if (end !== expression.length) this.#fail(`nothing begins with ${expression.slice(end)}`);
  }

  read(): Selector[] {
    this.#operation([], null);
    if (this.#at < this.#tokens.length) this.#fail(`${this.#peek()} is too much`);
    return this.#found;
  }

  #operation(around: string[], keeps: string[] | null): void {
    this.#term(around, keeps);
    while (OPERATORS.includes(this.#peek())) {
      this.#at += 1;
      if (this.#peek() === "on") {
        this.#at += 1;
        this.#names();
        if (this.#peek() === "group_left") this.#at += 1;
      }
      this.#term(around, keeps);
    }
  }

  #term(around: string[], keeps: string[] | null): void {
    const token = this.#next();
    if (/^\d/.test(token)) return;
    if (token === "(") {
      this.#operation(around, keeps);
      return this.#expect(")");
    }
    if (AGGREGATIONS.includes(token)) return this.#aggregation(token, around);
    if (FUNCTIONS.includes(token)) return this.#arguments([token, ...around], keeps);
    if (/^[a-z_]/i.test(token)) return this.#selector(token, around, keeps);
    this.#fail(`${token} begins nothing`);
  }

  #aggregation(name: string, around: string[]): void {
    let keeps: string[] = [];
    if (this.#peek() === "by") {
      this.#at += 1;
      keeps = this.#names();
    }
    this.#arguments([name, ...around], keeps);
  }

  #arguments(around: string[], keeps: string[] | null): void {
    this.#expect("(");
    do this.#operation(around, keeps); while (this.#takes(","));
    this.#expect(")");
  }

  #selector(metric: string, around: string[], keeps: string[] | null): void {
    const matchers: Selector["matchers"] = [];
    if (this.#takes("{")) {
      while (!this.#takes("}")) {
        const [label, operator, value] = [this.#next(), this.#next(), this.#next()];
        if (!/^(=|!=|=~|!~)$/.test(operator) || !value.startsWith('"')) {
          this.#fail(`${label}${operator}${value} matches nothing`);
        }
        matchers.push({ label, operator, value: JSON.parse(value) });
        if (this.#peek() !== "}") this.#expect(",");
      }
    }
    const range = this.#peek().startsWith("[") ? this.#next().slice(1, -1) : null;
    this.#found.push({ metric, matchers, range, around, keeps });
  }

  #names(): string[] {
    this.#expect("(");
    const names: string[] = [];
    while (!this.#takes(")")) {
      names.push(this.#next());
      if (this.#peek() !== ")") this.#expect(",");
    }
    return names;
  }

  #peek(): string {
    return this.#tokens[this.#at] ?? "";
  }

  #next(): string {
    return this.#tokens[this.#at++] ?? this.#fail("it ends too early");
  }

  #takes(token: string): boolean {
    if (this.#peek() !== token) return false;
    this.#at += 1;
    return true;
  }

  #expect(token: string): void {
    if (!this.#takes(token)) this.#fail(`${token} is missing before ${this.#peek()}`);
  }

  #fail(why: string): never {
    throw new Error(`Cannot read ${this.expression}: ${why}.`);
  }
}
