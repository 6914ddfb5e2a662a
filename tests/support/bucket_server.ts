/**
 * A service that speaks S3, for tests. It takes any signature: what is signed how is tested by fixed
 * vectors.
 */
import S3rver from "s3rver";

export interface BucketServer extends AsyncDisposable {
  /** "http://127.0.0.1:PORT" */
  endpoint: string;
}

export const BUCKET_KEYS = { region: "us-east-1", accessKey: "S3RVER", secretKey: "S3RVER" };

/** With buckets of these names, all empty. */
export async function startBucketServer(...buckets: string[]): Promise<BucketServer> {
  const directory = await Deno.makeTempDir({ prefix: "confab-bucket-" });
  const server = new S3rver({
    port: 0,
    address: "127.0.0.1",
    silent: true,
    directory,
    allowMismatchedSignatures: false,
    configureBuckets: buckets.map((name) => ({ name })),
  });
  const { port } = await server.run();
  return {
    endpoint: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      const closed = server.close();
      // What a client keeps open for its next request would hold this up for three minutes.
      server.httpServer.closeAllConnections();
      await closed;
      await Deno.remove(directory, { recursive: true });
    },
  };
}
