import { DeleteImagesDocument } from '../api/generated/graphql.js';
import { recordRecipe } from '../recipes/recent-recipes.js';
import { onLeaving } from '../session/leaving.js';
import { onSignedOut } from '../session/on-signed-out.js';
import { ask } from '../session/session.js';
import { countOf } from '../ui/format.js';
import { notify } from '../ui/notices.js';
import { deletionRecipe } from './image-recipes.model.js';
import { change, reportError } from './images.js';

/** Time in which a deletion can be undone, before it is sent. */
const UNDO_MS = 5_000;
/** Images that one request can delete. */
const MAX_DELETED = 1_000;
/** Ids that fit into the 64 KB which browsers send for a page that is being closed. */
const MAX_SENT_ON_CLOSE = 1_400;

interface Deletion {
  ids: readonly string[];
  /** Ends the pause and removes the notice. */
  end(): void;
  send(keepalive: boolean): Promise<void>;
}

/** Deletions that can still be undone. */
const waiting = new Set<Deletion>();

// A sign-out in another tab: what waits here can no longer be sent, and must not be sent as the next user.
onSignedOut(() => {
  for (const { end } of waiting) end();
});
onLeaving(async () => {
  await Promise.all(Array.from(waiting, ({ send }) => send(true)));
});
window.addEventListener('beforeunload', (event) => {
  const count = Array.from(waiting).reduce((sum, { ids }) => sum + ids.length, 0);
  // The browser asks the user to stay.
  if (count > MAX_SENT_ON_CLOSE) event.preventDefault();
});

/**
 * Hides images at once and deletes them after a pause in which the user can undo it, or when the page is closed or the
 * user signs out.
 */
export function deleteImages(ids: readonly string[]): void {
  change({ type: 'HIDDEN', ids });
  const end = () => {
    waiting.delete(deletion);
    clearTimeout(timer);
    removeNotice();
  };
  const deletion: Deletion = {
    ids,
    end,
    send: (keepalive) => {
      end();
      return sendDeletion(ids, keepalive);
    },
  };
  const undo = () => {
    end();
    change({ type: 'RESTORED', ids });
  };
  const removeNotice = notify(`${countOf(ids.length, 'image')} deleted.`, {
    action: { label: 'Undo', run: undo },
  });
  const timer = setTimeout(() => void deletion.send(false), UNDO_MS);
  waiting.add(deletion);
}

async function sendDeletion(ids: readonly string[], keepalive: boolean): Promise<void> {
  const parts = Array.from({ length: Math.ceil(ids.length / MAX_DELETED) }, (_, index) =>
    ids.slice(index * MAX_DELETED, (index + 1) * MAX_DELETED),
  );
  // A page that is being closed has no time to wait for one answer before it sends the next request.
  if (keepalive) await Promise.all(parts.map((part) => sendPart(part, true)));
  else for (const part of parts) await sendPart(part, false);
}

async function sendPart(ids: readonly string[], keepalive: boolean): Promise<void> {
  try {
    await ask(DeleteImagesDocument, { ids: [...ids] }, { keepalive });
    recordRecipe(deletionRecipe(ids));
    change({ type: 'DELETED', ids });
  } catch (error) {
    change({ type: 'RESTORED', ids });
    reportError(error);
  }
}
