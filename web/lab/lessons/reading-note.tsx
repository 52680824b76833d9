/** How to read the times of a run. */
export function ReadingNote() {
  return (
    <>
      Sample: all tasks computed once, in a new process. Median: the middle one of the measured times.
      95&nbsp;% interval: of a hundred such runs, about 95 have the true median in theirs.
    </>
  );
}
