/** The settings of files that people send. Joined into the table of `settings.ts`. */
import {
  type BucketAccess,
  type FilesPlace,
  parseEndpoint,
  parsePlace,
} from "../../files/place.ts";
import { setting } from "./setting.ts";
import { oneOf, wholeNumber } from "./values.ts";

/** A bucket takes no more than 5 GiB at once. */
const LARGEST_FILE = 5_000;
const MOST_MIB = 1_000_000_000;
const KEY_ACCEPTS = "the key that the service gave";

/** What a service gives as keys. */
const key = (text: string) =>
  text === "" ? null : /^[\x21-\x7e]{1,256}$/.test(text) ? text : undefined;

const mebibytes = (text: string) => {
  const number = wholeNumber(text, MOST_MIB);
  return number === undefined ? undefined : number * 1024 * 1024;
};

const room = (
  definition: Pick<
    Parameters<typeof setting<number>>[0],
    "env" | "flag" | "default" | "help" | "defaultHelp"
  >,
) =>
  setting<number>({
    ...definition,
    accepts: `a whole number of MiB from 0 to ${MOST_MIB}`,
    parse: mebibytes,
  });

/** Sizes are in MiB as they are written, and in bytes as they are read. */
export const FILE_SETTINGS = {
  files: setting<FilesPlace>({
    env: "CONFAB_FILES",
    flag: "files",
    default: (written) =>
      oneOf(written("denoDeploy"), ["", "0"]) === undefined
        ? "off"
        : `${written("dataDir").replace(/\/$/, "")}/files`,
    defaultHelp: "files in the data folder",
    help: "Where files, pictures and voice messages are kept: a folder, which several Confabs " +
      "share; s3://BUCKET or s3://BUCKET/FOLDER; or `off`: nobody can send any.",
    accepts: 'a folder without commas, "s3://BUCKET", "s3://BUCKET/FOLDER" or "off"',
    parse: parsePlace,
  }),
  fileSize: setting<number>({
    env: "CONFAB_FILE_SIZE",
    flag: "file-size",
    default: "100",
    help: "The largest file in MiB, which people read as MB.",
    accepts: `a whole number of MiB from 1 to ${LARGEST_FILE}`,
    parse: (text) => {
      const number = wholeNumber(text, LARGEST_FILE);
      return number === undefined || number === 0 ? undefined : number * 1024 * 1024;
    },
  }),
  filesPerUser: room({
    env: "CONFAB_FILES_PER_USER",
    flag: "files-per-user",
    default: "0",
    defaultHelp: "no limit",
    help: "How much all files of one person may be together, in MiB; 0 for no limit.",
  }),
  filesTotal: room({
    env: "CONFAB_FILES_TOTAL",
    flag: "files-total",
    default: "0",
    defaultHelp: "no limit but the disk",
    help: "How much all files may be together, in MiB; 0 for no limit.",
  }),
  freeDisk: room({
    env: "CONFAB_FREE_DISK",
    flag: "free-disk",
    default: "512",
    help: "MiB of the disk that files leave free, for messages and all else; 0 for none.",
  }),
  s3Endpoint: setting<string>({
    env: "CONFAB_S3_ENDPOINT",
    flag: "s3-endpoint",
    default: (written) => `https://s3.${written("s3Region")}.amazonaws.com`,
    defaultHelp: "Amazon's, in the region",
    help: "Address of the S3 service, such as https://s3.example.org; " +
      "https://{bucket}.s3.example.org where the bucket is part of the name.",
    accepts: 'an address such as "https://s3.example.org" or "https://{bucket}.s3.example.org"',
    parse: parseEndpoint,
  }),
  s3Region: setting<string>({
    env: "CONFAB_S3_REGION",
    flag: "s3-region",
    default: "us-east-1",
    help: "The bucket's region; most services other than Amazon's take any.",
    accepts: 'a region such as "eu-central-1"',
    parse: (text) => /^[\w-]{1,64}$/.test(text) ? text : undefined,
  }),
  s3AccessKey: setting<string | null>({
    env: "CONFAB_S3_ACCESS_KEY",
    flag: "s3-access-key",
    default: "",
    defaultHelp: "none",
    help: "The access key's id.",
    accepts: KEY_ACCEPTS,
    parse: key,
  }),
  s3SecretKey: setting<string | null>({
    env: "CONFAB_S3_SECRET_KEY",
    flag: "", // a flag would show it to everyone who can list processes
    default: "",
    defaultHelp: "none",
    help: "The secret of the access key.",
    accepts: KEY_ACCEPTS,
    parse: key,
  }),
  s3Links: setting<string | null>({
    env: "CONFAB_S3_LINKS",
    flag: "s3-links",
    default: "",
    defaultHelp: "none: through this server",
    help: "Where browsers fetch files from the bucket themselves, by addresses that hold for a " +
      "minute: the service's address as they reach it.",
    accepts: 'an address such as "https://s3.example.org" or "https://{bucket}.s3.example.org"',
    parse: (text) => text === "" ? null : parseEndpoint(text),
  }),
};

/** How the bucket is reached, of settings that name one. */
export function bucketAccess(
  { s3Endpoint, s3Region, s3AccessKey, s3SecretKey, s3Links }: {
    readonly s3Endpoint: string;
    readonly s3Region: string;
    readonly s3AccessKey: string | null;
    readonly s3SecretKey: string | null;
    readonly s3Links: string | null;
  },
): BucketAccess {
  return {
    endpoint: s3Endpoint,
    region: s3Region,
    accessKey: s3AccessKey ?? "",
    secretKey: s3SecretKey ?? "",
    links: s3Links,
  };
}

/** How much may be kept, in bytes. */
export interface FileLimits {
  /** One file; 0 where none are kept. */
  file: number;
  /** All files of one person; 0 for no limit. */
  user: number;
  /** All files together; 0 for no limit. */
  all: number;
  /** What of the disk is left free; 0 for none. */
  free: number;
}

export function fileLimitsOf(
  { files, fileSize, filesPerUser, filesTotal, freeDisk }: {
    readonly files: FilesPlace;
    readonly fileSize: number;
    readonly filesPerUser: number;
    readonly filesTotal: number;
    readonly freeDisk: number;
  },
): FileLimits {
  const file = files.kind === "off" ? 0 : fileSize;
  return { file, user: filesPerUser, all: filesTotal, free: freeDisk };
}
