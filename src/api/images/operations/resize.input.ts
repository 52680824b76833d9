import { Field, InputType, Int } from 'type-graphql';
import { GravityEnum, ResizeFitEnum } from '../../../entities/enums.js';
import type { Gravity } from '../../../imaging/geometry.js';
import type { ResizeFit } from '../../../imaging/operations/resize.js';

@InputType({ description: 'Pixels. With one side only, the aspect ratio is kept.' })
export class ResizeInput {
  @Field(() => Int, { nullable: true, description: 'Pixels, 1 to 65535.' })
  width?: number | null;

  @Field(() => Int, { nullable: true, description: 'Pixels, 1 to 65535.' })
  height?: number | null;

  @Field(() => ResizeFitEnum, {
    defaultValue: 'FILL',
    description: 'What happens where the aspect ratio of the box is another. FILL stretches.',
  })
  fit!: ResizeFit;

  @Field(() => GravityEnum, { defaultValue: 'CENTER', description: 'For COVER: the part that is kept.' })
  gravity!: Gravity;

  @Field(() => Boolean, {
    defaultValue: true,
    description:
      'false: no side of the result is longer than that of the source; COVER keeps the aspect ratio of the box.',
  })
  enlarge!: boolean;
}
