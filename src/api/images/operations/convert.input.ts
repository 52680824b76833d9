import { Field, InputType, Int } from 'type-graphql';
import { ImageFormatEnum } from '../../../entities/enums.js';
import type { ImageFormat } from '../../../imaging/image-format.js';

@InputType({ description: 'The format of the result; of several, the last one counts.' })
export class ConvertInput {
  @Field(() => ImageFormatEnum, { description: 'One that the engine writes: see `serverInfo.engines`.' })
  format!: ImageFormat;

  @Field(() => Int, {
    nullable: true,
    description:
      '1 to 100, for JPEG, WEBP and AVIF; default: 80, for AVIF 50. From 90 on a JPEG keeps full colour resolution (4:4:4), below it has a quarter (4:2:0).',
  })
  quality?: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'Lowers the quality until the file has at most this many bytes, from 100. PROCESSING_FAILED where the lowest quality is too large. JPEG, WEBP and AVIF only.',
  })
  maxBytes?: number | null;
}
