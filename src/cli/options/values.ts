import { AppError } from '../../errors.js';
import { nearest } from '../../settings/near-misses.js';

/** Parsers of option values. Each throws BAD_USER_INPUT that names the option. */

/** One name of a closed list, in any case; suggests the nearest one. */
export function oneName<Name extends string>(option: string, names: readonly Name[]) {
  return (text: string): Name => {
    const found = names.find((name) => name === constantCase(text.trim()));
    if (found !== undefined) return found;
    const meant = nearest(constantCase(text.trim()), names);
    const remedy = meant === undefined ? '' : `; did you mean ${meant}?`;
    throw AppError.badInput(option, `${JSON.stringify(text)} is none of ${names.join(', ')}${remedy}`);
  };
}

/** Names with commas between them. */
export function names<Name extends string>(option: string, known: readonly Name[]) {
  const parse = oneName(option, known);
  return (text: string): Name[] => text.split(',').map(parse);
}

export function wholeNumber(option: string) {
  return (text: string): number => {
    if (WHOLE.test(text)) return Number(text);
    throw AppError.badInput(option, `must be a whole number, not ${JSON.stringify(text)}`);
  };
}

/** Whole numbers with commas between them. */
export function wholeNumbers(option: string) {
  return (text: string): number[] => {
    const parts = text.split(',');
    if (parts.every((part) => WHOLE.test(part))) return parts.map(Number);
    throw AppError.badInput(option, `must be whole numbers such as 1,2,4, not ${JSON.stringify(text)}`);
  };
}

const WHOLE = /^\s*\d+\s*$/;

/** A percentage with or without its sign; 3 for "3%". */
export function percentage(option: string) {
  return (text: string): number => {
    const value = Number(text.replace(/%$/, ''));
    if (text.trim() !== '' && Number.isFinite(value) && value >= 0) return value;
    throw AppError.badInput(option, `must be a percentage from 0, not ${JSON.stringify(text)}`);
  };
}

/** `threadsLocked` and `threads-locked` are THREADS_LOCKED. */
const constantCase = (text: string): string =>
  (text === text.toUpperCase() ? text : text.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase()).replaceAll(
    '-',
    '_',
  );
