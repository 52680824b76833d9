import { useRef } from 'preact/hooks';
import { BASE_PATH } from '../../app/base-path.js';
import { Problem } from '../../ui/card.js';
import { notify } from '../../ui/notices.js';
import { useAction } from '../../ui/use-action.js';
import { importRun, sameRunAs } from './import-run.js';
import styles from './run-list.module.css';

/** Imports a JSON report of another machine, or of another program. */
export function ImportButton({ onImported }: { onImported(run: { id: string; name: string }): void }) {
  const input = useRef<HTMLInputElement>(null);
  const { busy, problem, again, run } = useAction();
  const take = (file: File | undefined) =>
    run(async () => {
      if (!file) return;
      const imported = await importRun(file);
      const { id, name } = imported;
      notify(`“${name}” imported.`, { link: { label: 'Open', href: `${BASE_PATH}/lab/${id}` } });
      onImported({ id, name });
      const same = await sameRunAs(imported);
      if (same)
        notify(`“${name}” is in the list twice now: this report was there before.`, {
          link: { label: 'Open the earlier one', href: `${BASE_PATH}/lab/${same.id}` },
        });
    });
  return (
    <div class={styles.import}>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        aria-label="JSON report to import"
        hidden
        onChange={({ currentTarget }) => {
          void take(currentTarget.files?.[0]);
          currentTarget.value = '';
        }}
      />
      <button type="button" disabled={busy.value} onClick={() => input.current?.click()}>
        {busy.value ? 'Importing …' : 'Import a report'}
      </button>
      <Problem text={problem.value} again={again.value} />
    </div>
  );
}
