import { type Relation, SAME_PERCENT } from '../figures.model.js';

/** How a model can compare with the loop, as the choices of a lesson. */
export const COMPARED_WITH_LOOP = {
  FASTER: 'Less time',
  SAME: `As long, within ${SAME_PERCENT} %`,
  SLOWER: 'More time',
} as const;
export type ComparedWithLoop = keyof typeof COMPARED_WITH_LOOP;

/** The choices that a relation confirms. */
export function comparedWithLoop(relation: Relation): readonly ComparedWithLoop[] {
  return relation === 'UNDECIDED' ? [] : [relation];
}
