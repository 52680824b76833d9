import { Field, InputType } from 'type-graphql';
import { FlipAxisEnum } from '../../../entities/enums.js';
import type { FlipAxis } from '../../../imaging/operations/flip.js';

@InputType({ description: 'Mirrors the image.' })
export class FlipInput {
  @Field(() => FlipAxisEnum, {
    defaultValue: 'HORIZONTAL',
    description: 'HORIZONTAL mirrors left and right, VERTICAL top and bottom.',
  })
  axis!: FlipAxis;
}
