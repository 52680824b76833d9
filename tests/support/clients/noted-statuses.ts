/** Notes the text of each status of a page whenever it changes, so that a test sees one that is gone when it asks. */
export const NOTE_STATUSES = `{
  const noted = (globalThis.notedStatuses = []);
  const note = () => {
    for (const status of document.querySelectorAll('[role="status"]')) {
      const text = status.textContent.trim();
      if (text !== '' && status.checkVisibility() && !noted.includes(text)) noted.push(text);
    }
  };
  new MutationObserver(note).observe(document, { subtree: true, childList: true, characterData: true });
}`;
