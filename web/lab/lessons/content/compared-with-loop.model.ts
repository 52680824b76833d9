import { type Relation, SAME_PERCENT } from '../figures.model.js';

/** How a model can compare with the loop, as the choices of a lesson. */
export const COMPARED_WITH_LOOP = {
  FASTER: 'It takes less time',
  SAME: `It takes as long, within ${SAME_PERCENT} %`,
  SLOWER: 'It takes more time',
} as const;
export type ComparedWithLoop = keyof typeof COMPARED_WITH_LOOP;

/** The choices that a relation confirms. */
export function comparedWithLoop(relation: Relation): readonly ComparedWithLoop[] {
  return relation === 'UNDECIDED' ? [] : [relation];
}
