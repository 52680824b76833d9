/** Keeps percentages in one piece at the end of a line: a no-break space before each percent sign. */
export const unbroken = (text: string): string => text.replaceAll(/(?<=\d) %/g, '\u00a0%');
