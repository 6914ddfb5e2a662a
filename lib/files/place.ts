/**
 * Where the bytes of files are kept, as the settings say it. Pure: nothing is opened here.
 */

/** A folder of this machine, or one that several machines have. */
export interface FolderPlace {
  kind: "folder";
  path: string;
}

/** A bucket of a service that speaks S3. */
export interface BucketPlace {
  kind: "s3";
  bucket: string;
  /** Before each key: "" or "folder/". */
  prefix: string;
}

/** No files are kept. */
export interface NoPlace {
  kind: "off";
}

export type FilesPlace = FolderPlace | BucketPlace | NoPlace;

/** How a bucket is reached. */
export interface BucketAccess {
  /** With `{bucket}` in it where the bucket is part of the host's name. */
  endpoint: string;
  region: string;
  accessKey: string;
  secretKey: string;
  /** Where browsers fetch files by signed addresses; null: through this server. */
  links: string | null;
}

/** "data/files", "s3://BUCKET", "s3://BUCKET/FOLDER", "off". */
export function parsePlace(text: string): FilesPlace | undefined {
  if (text === "off") return { kind: "off" };
  const [, bucket, folder] =
    /^s3:\/\/([a-z\d][a-z\d.-]{1,61}[a-z\d])(?:\/((?:[\w.-]+\/)*[\w.-]+))?\/?$/.exec(text) ?? [];
  if (bucket !== undefined) {
    const parts = folder?.split("/") ?? [];
    if (parts.some((part) => part === "." || part === "..")) return undefined;
    return { kind: "s3", bucket, prefix: folder === undefined ? "" : `${folder}/` };
  }
  // Another scheme is no folder; Deno's permission lists cannot express a path with a comma.
  if (text === "" || /^[a-z\d+]+:\/\//i.test(text) || /[\0,]/.test(text)) return undefined;
  return { kind: "folder", path: text };
}

/** The address of a service: what the parser would fix or drop is a mistake here. */
export function parseEndpoint(text: string): string | undefined {
  if (!/^https?:\/\/(?:\{bucket\}\.)?[^\s/\\?#@*{}]+\/?$/i.test(text)) return undefined;
  const url = URL.parse(text.replace("{bucket}", "bucket"));
  if (url === null) return undefined;
  return text.includes("{bucket}") ? text.replace(/\/$/, "") : url.origin;
}

/** The bucket's own address: "https://HOST/BUCKET" or "https://BUCKET.HOST". */
export function bucketUrl({ bucket }: BucketPlace, endpoint: string): string {
  return endpoint.includes("{bucket}")
    ? endpoint.replace("{bucket}", bucket)
    : `${endpoint}/${bucket}`;
}

/** For `--allow-net`: the service's host alone. */
export function bucketPermission(place: BucketPlace, { endpoint }: BucketAccess): string {
  const { hostname, port, protocol } = new URL(bucketUrl(place, endpoint));
  return `${hostname}:${port || (protocol === "https:" ? 443 : 80)}`;
}

/** The place without what is secret, for logs and errors. */
export function showPlace(place: FilesPlace): string {
  if (place.kind === "off") return "nowhere";
  return place.kind === "folder" ? place.path : `s3://${place.bucket}/${place.prefix}`;
}
