/** `/invitations`: one's own invitations, for members who may invite. */
import { pageWords } from "../catalogue/pages.ts";
import type { FormPageProps } from "../form_page.ts";
import { Icon } from "../parts/Icon.tsx";
import { PageFrame } from "../parts/PageFrame.tsx";
import { settingsPath } from "../settings/sections.ts";
import { InvitationsBody, type InvitationsData } from "./InvitationsBody.tsx";
import { type InvitationsNotice, invitationsPath } from "./invitations_path.ts";

export function OwnInvitations(props: FormPageProps<InvitationsNotice> & InvitationsData) {
  const words = pageWords(props.language);
  const { room, notice } = props;
  return (
    <PageFrame
      {...props}
      words={words}
      label={words.invites.title}
      sections={[{ href: invitationsPath(room), label: words.invites.title, current: true }]}
      title={words.invites.title}
      done={notice === null ? null : words.admin.notices[notice]}
      foot={
        <a class="button" href={settingsPath("profile", room)}>
          <Icon name="gear" />
          {words.settings.title}
        </a>
      }
    >
      <p class="hint">{words.invites.lead}</p>
      <InvitationsBody {...props} path={(query) => invitationsPath(room, query)} />
    </PageFrame>
  );
}
