/** The sign of the app: a lamp that is kept burning. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect className="mark-ground" width="32" height="32" rx="9" />
      <path
        className="mark-flame"
        d="M16 5.5c4.2 3.9 6.6 7.2 6.6 11a6.6 6.6 0 0 1-13.2 0c0-1.9.7-3.6 1.9-5.2.6 1.5 1.4 2.3 2.4 2.7-.3-3.2.5-6 2.3-8.5Z"
      />
      <path className="mark-base" d="M10.5 26.2h11" />
    </svg>
  );
}
