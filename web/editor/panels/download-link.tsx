import type { ComponentChildren } from 'preact';
import type { Preview } from '../previews/preview.model.js';

interface DownloadLinkProps {
  original: { url: string; filename: string };
  /** Undefined without steps: the original is downloaded. */
  preview: Preview | undefined;
  /** Called when the result is downloaded. */
  onResult(): void;
}

/** Downloads the result as it is previewed, or the original where there are no steps. */
export function DownloadLink({ original: { url, filename }, preview, onResult }: DownloadLinkProps) {
  if (!preview) {
    return (
      <Link href={url} name={filename}>
        Download original
      </Link>
    );
  }
  const { status, result } = preview;
  if (status !== 'READY' || !result) {
    return (
      <button type="button" disabled>
        Download result
      </button>
    );
  }
  return (
    <Link href={result.fileUrl} name={resultName(filename, result.format)} onClick={onResult}>
      Download result
    </Link>
  );
}

interface LinkProps {
  href: string;
  name: string;
  onClick?(): void;
  children: ComponentChildren;
}

function Link({ href, name, onClick, children }: LinkProps) {
  return (
    <a class="button" href={href} download={name} onClick={onClick}>
      {children}
    </a>
  );
}

/** `beach.png`, computed as a JPEG: `beach-edited.jpg`. */
function resultName(filename: string, format: string): string {
  const extension = format === 'JPEG' ? 'jpg' : format.toLowerCase();
  return `${filename.replace(/\.[^.]*$/, '')}-edited.${extension}`;
}
