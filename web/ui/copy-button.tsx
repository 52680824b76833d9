import { useSignal } from '@preact/signals';

/** Time for which the button says that the text was copied, in ms. */
const SHOWN_MS = 2_000;

/** Copies a text to the clipboard, and says so. */
export function CopyButton({ text }: { text: string }) {
  const outcome = useSignal('');
  const copy = async () => {
    outcome.value = await tryToCopy(text);
    setTimeout(() => {
      outcome.value = '';
    }, SHOWN_MS);
  };
  return (
    <span>
      <span role="status">{outcome.value} </span>
      <button type="button" onClick={() => void copy()}>
        Copy
      </button>
    </span>
  );
}

/** Returns what happened, in words. Browsers offer the clipboard over https and on localhost alone. */
async function tryToCopy(text: string): Promise<string> {
  try {
    await navigator.clipboard.writeText(text);
    return 'Copied.';
  } catch {
    return 'Not allowed here: select the text instead.';
  }
}
