// @ts-types="./pg_types.ts"
export { Client } from "pg";
