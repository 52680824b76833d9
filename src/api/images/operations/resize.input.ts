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
    description: 'How the image fills a box with another aspect ratio. FILL stretches.',
  })
  fit!: ResizeFit;

  @Field(() => GravityEnum, { defaultValue: 'CENTER', description: 'The part that COVER keeps.' })
  gravity!: Gravity;

  @Field(() => Boolean, {
    defaultValue: true,
    description:
      'Whether the result may be larger than the source. If false, no side becomes longer than in the source; with COVER the result keeps the aspect ratio of the box.',
  })
  enlarge!: boolean;
}
