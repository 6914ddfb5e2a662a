/** Whose page a form is on: if somebody else has signed in since, it changes nothing of theirs. */

export interface WhoseProps {
  sessionId: number;
  /** The server's database: each numbers its sessions from one. */
  instance: string;
}

export function Whose({ sessionId, instance }: WhoseProps) {
  return (
    <>
      <input type="hidden" name="session" value={sessionId} />
      <input type="hidden" name="instance" value={instance} />
    </>
  );
}
