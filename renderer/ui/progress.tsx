/** A turning ring for a wait of unknown length. The words beside it say what is waited for. */
export function Spinner() {
  return <span className="spinner" aria-hidden="true" />;
}
