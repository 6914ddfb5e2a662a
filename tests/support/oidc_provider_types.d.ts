/** What the tests use of `oidc-provider`, which brings no types. */
export default class Provider {
  constructor(issuer: string, configuration: object);
  callback(): (request: unknown, response: unknown) => void;
}
