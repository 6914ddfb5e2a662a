/** Fresh's error for a request that ends with an HTTP status. It knows only the status. */

/** Thrown by the adapter for 404 and 405; a route may throw it too. */
export class HttpError extends Error {
  override readonly name = "HttpError";
  readonly status: number;

  constructor(status: number, message?: string, options?: ErrorOptions) {
    super(message ?? `HTTP ${status}`, options);
    this.status = status;
  }
}

/** A route exists, but not for this method. `allow` is the value of the `Allow` header. */
export class MethodNotAllowed extends HttpError {
  readonly allow: string;

  constructor(allow: string) {
    super(405, `This address answers to ${allow} only.`);
    this.allow = allow;
  }
}
