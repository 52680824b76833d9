import { SWEEP_AXES } from '../../benchmark/sweep.js';
import { AppError } from '../../errors.js';
import type { RunBenchmarkInput } from '../generated/graphql.js';

/** Parses a sweep such as `lockShare=0,0.5,1`; the server checks the values. @throws AppError BAD_USER_INPUT */
export function parseSweep(text: string): NonNullable<RunBenchmarkInput['sweep']> {
  const [name = '', list = ''] = text.split('=');
  const axis = SWEEP_AXES.find((one) => letters(one) === letters(name));
  if (!axis) {
    const names = SWEEP_AXES.map(camelCase).join(', ');
    throw AppError.badInput('--sweep', `must be AXIS=VALUES with one of these axes: ${names}`);
  }
  const values = list.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  if (values.some((value) => !Number.isFinite(value))) {
    const example = `such as ${camelCase(axis)}=1,2`;
    throw AppError.badInput(
      '--sweep',
      `must have numbers after the axis, ${example}, not ${JSON.stringify(list)}`,
    );
  }
  return { axis, values };
}

/** `lockShare`, `lock-share` and `LOCK_SHARE` are one axis. */
const letters = (name: string): string => name.replaceAll(/[\s_-]/g, '').toUpperCase();

const camelCase = (axis: string): string =>
  axis.toLowerCase().replace(/_(.)/g, (_match, letter: string) => letter.toUpperCase());
