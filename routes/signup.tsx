/** `/signup`: a form that works without a script. */
import { openByForm, signupOpening } from "../lib/http/opening.ts";
import {
  isFirstOnly,
  refusedSignup as refused,
  showSignup,
  signupFields as fields,
} from "../lib/http/signup.ts";
import { define } from "../lib/http/state.ts";
import type { JoinRequest } from "../lib/protocol/join_requests.ts";
import { SignupPage, signupTitle } from "../lib/ui/pages/SignupPage.tsx";
import { PlainDocument } from "./(_parts)/PlainDocument.tsx";

export const handler = define.handlers({
  GET: showSignup,
  POST(ctx) {
    const asked = ({ username }: JoinRequest) =>
      ctx.redirect(`/signup/asked?username=${encodeURIComponent(username)}`, 303);
    const openingOf = (form: URLSearchParams) => signupOpening(isFirstOnly(form), asked);
    return openByForm(ctx, openingOf, { fields, refused });
  },
});

export default define.page<typeof handler>(({ data, state, url }) => (
  <PlainDocument
    state={state}
    title={signupTitle(state.language, data)}
    secretAddress={url.searchParams.has("invite")}
  >
    <SignupPage
      language={state.language}
      signOn={{
        providers: state.services.signOn.providers,
        only: state.services.signOn.isOnlyWay(),
      }}
      {...data}
    />
  </PlainDocument>
));
