import { expect, it } from '@jest/globals';
import {
  extendTo,
  NOTHING_SELECTED,
  selectAll,
  toggle,
} from '../../../../web/images/grid/selection.model.js';

const order = ['a', 'b', 'c', 'd'];

it('toggles a tile', () => {
  const selected = toggle(NOTHING_SELECTED, 'b');
  expect([...selected.ids]).toEqual(['b']);
  expect([...toggle(selected, 'b').ids]).toEqual([]);
});

it('extends from the anchor in both directions', () => {
  const selected = toggle(NOTHING_SELECTED, 'c');
  expect([...extendTo(selected, 'a', order).ids].sort()).toEqual(['a', 'b', 'c']);
  expect([...extendTo(selected, 'd', order).ids].sort()).toEqual(['c', 'd']);
  expect([...extendTo(NOTHING_SELECTED, 'b', order).ids]).toEqual(['b']);
  expect(extendTo(selected, 'unknown', order)).toEqual(selected);
});

it('selects all', () => {
  expect([...selectAll(order).ids]).toEqual(order);
});
