import { Field, Float, InputType } from 'type-graphql';
import { WatermarkPositionEnum } from '../../../entities/enums.js';
import type { WatermarkPosition } from '../../../imaging/operations/watermark.js';

@InputType({
  description:
    'A line of text, white with a dark edge, sized to the image. Where it is too long for the image, its end is cut off.',
})
export class WatermarkInput {
  @Field(() => String, {
    description: '1 to 100 characters of Latin, Greek or Cyrillic, digits and common punctuation.',
  })
  text!: string;

  @Field(() => WatermarkPositionEnum, { defaultValue: 'BOTTOM_RIGHT', description: 'Place of the text.' })
  position!: WatermarkPosition;

  @Field(() => Float, { defaultValue: 0.5, description: '0 (invisible) to 1 (opaque).' })
  opacity!: number;
}
