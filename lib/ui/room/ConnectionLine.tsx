/** A quiet line while the connection is away. Style sheets hold it back for the first moment. */
import { useEffect, useState } from "preact/hooks";
import { useView } from "../view.ts";

export function ConnectionLine() {
  const { state, words, actions, mounted } = useView();
  const offline = useOffline();
  const connection = state.connection.value.state;
  const away = mounted.value && (connection === "connecting" || connection === "waiting");
  return (
    <div class="connection" role="status">
      {away && (
        <p class={offline ? "connection-line offline" : "connection-line"}>
          <span>
            {offline
              ? words.connection.offline
              : connection === "waiting"
              ? words.connection.waiting
              : words.connection.connecting}
          </span>
          {connection === "waiting" && (
            <button
              type="button"
              class="link-button"
              onClick={() => actions.reconnectNow()}
            >
              {words.connection.retry}
            </button>
          )}
        </p>
      )}
    </div>
  );
}

/** Whether the browser knows that there is no network at all. */
function useOffline(): boolean {
  const [offline, setOffline] = useState(false);
  useEffect(() => {
    const update = () => setOffline(!navigator.onLine);
    update();
    addEventListener("online", update);
    addEventListener("offline", update);
    return () => {
      removeEventListener("online", update);
      removeEventListener("offline", update);
    };
  }, []);
  return offline;
}
