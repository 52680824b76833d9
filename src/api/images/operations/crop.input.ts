import { Field, InputType, Int } from 'type-graphql';
import { GravityEnum } from '../../../entities/enums.js';
import type { Gravity } from '../../../imaging/geometry.js';

@InputType({
  description:
    'A box in pixels, placed by `x` and `y`, or by `gravity` without them. A box that leaves the image is BAD_USER_INPUT for that image.',
})
export class CropInput {
  @Field(() => Int, { description: 'Pixels, 1 to 65535.' })
  width!: number;

  @Field(() => Int, { description: 'Pixels, 1 to 65535.' })
  height!: number;

  @Field(() => Int, { nullable: true, description: 'Left edge, in pixels from the left; together with `y`.' })
  x?: number | null;

  @Field(() => Int, { nullable: true, description: 'Top edge, in pixels from the top; together with `x`.' })
  y?: number | null;

  @Field(() => GravityEnum, {
    defaultValue: 'CENTER',
    description: 'The part that is kept, without `x` and `y`.',
  })
  gravity!: Gravity;
}
