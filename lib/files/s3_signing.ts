/**
 * Signs what a bucket is asked (AWS Signature Version 4), by `aws4fetch`, and knows neither blobs nor
 * a network. Loaded where a bucket is configured.
 */
import { AwsV4Signer } from "aws4fetch";

export interface SigningKeys {
  region: string;
  accessKey: string;
  secretKey: string;
}

export interface ToSign {
  method: string;
  url: URL;
  /** Those that are part of the signature. */
  headers: Record<string, string>;
}

/** Bodies are streams, and no hash of theirs is known before: TLS keeps them as they are. */
const UNSIGNED = "UNSIGNED-PAYLOAD";

/** The headers to send, the signature among them. */
export async function signedHeaders(
  keys: SigningKeys,
  { method, url, headers }: ToSign,
  now: number,
): Promise<Headers> {
  const signer = new AwsV4Signer({
    ...common(keys, now),
    method,
    url: url.href,
    headers: { "x-amz-content-sha256": UNSIGNED, ...headers },
    allHeaders: true,
  });
  return (await signer.sign()).headers;
}

/** An address that gives what is there to whoever has it. */
export async function signedAddress(
  keys: SigningKeys,
  url: URL,
  { now, seconds }: { now: number; seconds: number },
): Promise<string> {
  const address = new URL(url);
  address.searchParams.set("X-Amz-Expires", String(seconds));
  const signer = new AwsV4Signer({
    ...common(keys, now),
    method: "GET",
    url: address.href,
    signQuery: true,
  });
  return (await signer.sign()).url.href;
}

function common({ region, accessKey, secretKey }: SigningKeys, now: number) {
  return {
    accessKeyId: accessKey,
    secretAccessKey: secretKey,
    region,
    service: "s3",
    // "20130524T000000Z"
    datetime: new Date(now).toISOString().replace(/[:-]|\.\d{3}/g, ""),
  };
}
