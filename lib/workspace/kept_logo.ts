/** The bytes of the workspace's picture, kept in memory once somebody has asked for them. */

export interface LogoData {
  type: string;
  bytes: Uint8Array<ArrayBuffer>;
}

export class KeptLogo {
  readonly #read: (version: string) => Promise<LogoData | null>;
  #kept: { version: string; data: LogoData } | null = null;

  constructor(read: (version: string) => Promise<LogoData | null>) {
    this.#read = read;
  }

  /** Null where that is not the picture now. */
  async get(version: string): Promise<LogoData | null> {
    if (this.#kept?.version === version) return this.#kept.data;
    const data = await this.#read(version);
    if (data !== null) this.#kept = { version, data };
    return data;
  }
}
