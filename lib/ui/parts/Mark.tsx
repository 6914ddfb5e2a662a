/** The workspace's picture, or the product's mark: two speech bubbles, as in favicon.svg. */

export function Mark({ logo }: { logo: string | null }) {
  if (logo !== null) return <img class="mark" src={logo} alt="" />;
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path
        class="mark-back"
        d="M13 4h10a6 6 0 0 1 6 6v5a6 6 0 0 1-6 6v5l-5-5h-5a6 6 0 0 1-6-6v-5a6 6 0 0 1 6-6z"
      />
      <path
        class="mark-front"
        d="M8 9h9a5 5 0 0 1 5 5v4a5 5 0 0 1-5 5h-5l-5 5v-5.1A5 5 0 0 1 3 18v-4a5 5 0 0 1 5-5z"
      />
    </svg>
  );
}
