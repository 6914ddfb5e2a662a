/** The version of the schema that this program reads and writes: how many steps there are. */
export const SCHEMA_VERSION = 37;
