/** Whose page a form stands on: from before somebody else signed in, it changes nothing of theirs. */

export interface WhoseProps {
  sessionId: number;
  /** The server's database: each counts its sessions from one. */
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
