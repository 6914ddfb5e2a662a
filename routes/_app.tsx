/** Around every page: what the workspace is called and looks like. */
import { Branded } from "../lib/http/brand.ts";
import { define } from "../lib/http/state.ts";

export default define.page(({ Component, state }) => (
  <Branded workspace={state.services.workspace}>
    <Component />
  </Branded>
));
