import { Field, InputType, Int } from 'type-graphql';
import { GravityEnum } from '../../../entities/enums.js';
import type { Gravity } from '../../../imaging/geometry.js';

@InputType({
  description:
    'A box in pixels. `x` and `y` place it, or `gravity` if they are absent. A box that is partly outside the image is BAD_USER_INPUT.',
})
export class CropInput {
  @Field(() => Int, { description: 'Pixels, 1 to 65535.' })
  width!: number;

  @Field(() => Int, { description: 'Pixels, 1 to 65535.' })
  height!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'Distance of the box from the left edge, in pixels; needs `y`.',
  })
  x?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Distance of the box from the top edge, in pixels; needs `x`.',
  })
  y?: number | null;

  @Field(() => GravityEnum, {
    defaultValue: 'CENTER',
    description: 'Place of the box if `x` and `y` are absent.',
  })
  gravity!: Gravity;
}
