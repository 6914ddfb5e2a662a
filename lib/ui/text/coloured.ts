/** Code with what its pieces are. */
export type Coloured = string | { kind: string; children: Coloured[] };
