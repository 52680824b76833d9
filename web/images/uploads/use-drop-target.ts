import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

/** Makes the whole window a drop target for files; the signal is true while files are dragged over it. */
export function useDropTarget(onFiles: (files: Iterable<File>) => void): Signal<boolean> {
  const isDragging = useSignal(false);
  useEffect(() => {
    const listeners = new AbortController();
    const { signal } = listeners;
    // Text that is dragged into a field is left to the browser.
    const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') ?? false;
    const over = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      isDragging.value = true;
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) isDragging.value = false;
    };
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      isDragging.value = false;
      onFiles(event.dataTransfer?.files ?? []);
    };
    window.addEventListener('dragover', over, { signal });
    window.addEventListener('dragleave', leave, { signal });
    window.addEventListener('drop', drop, { signal });
    return () => listeners.abort();
  }, [onFiles, isDragging]);
  return isDragging;
}
