/** Five digits at a time, as they are read out. */
export function Digits({ text }: { readonly text: string }) {
  return (
    <p className="code-digits" dir="ltr" translate="no">
      {(text.match(/.{1,5}/g) ?? []).join(" ")}
    </p>
  );
}
