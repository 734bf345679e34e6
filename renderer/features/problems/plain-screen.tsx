import { Button } from "../../ui/button.tsx";
import { Mark } from "../../ui/mark.tsx";
import { Spinner } from "../../ui/progress.tsx";

interface PlainScreenProps {
  readonly title: string;
  readonly hint?: string;
  /** The one thing to do; a turning ring where there is nothing to do but wait. */
  readonly action?: { readonly text: string; readonly run: () => void };
}

/** A whole window with one thing to say. */
export function PlainScreen({ title, hint, action }: PlainScreenProps) {
  return (
    <main className="plain" role={action === undefined ? undefined : "alert"}>
      <Mark />
      <h1>{title}</h1>
      {hint !== undefined && <p>{hint}</p>}
      {action === undefined ? (
        <Spinner />
      ) : (
        <Button look="primary" autoFocus onPress={action.run}>
          {action.text}
        </Button>
      )}
    </main>
  );
}
