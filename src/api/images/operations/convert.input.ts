import { Field, InputType, Int } from 'type-graphql';
import { ImageFormatEnum } from '../../../entities/enums.js';
import type { ImageFormat } from '../../../imaging/image-format.js';

@InputType({ description: 'Chooses the format of the result. Of several CONVERT steps the last one counts.' })
export class ConvertInput {
  @Field(() => ImageFormatEnum, {
    description: 'A format that the engine can write: see `serverInfo.engines`.',
  })
  format!: ImageFormat;

  @Field(() => Int, {
    nullable: true,
    description:
      '1 to 100, for JPEG, WEBP and AVIF (default: 80; AVIF: 50). JPEG keeps the full colour resolution (4:4:4) from 90 on, and a quarter of it (4:2:0) below.',
  })
  quality?: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'Upper limit of the file size in bytes: the quality is lowered from 100 until the file fits. PROCESSING_FAILED if the lowest quality is still too large. JPEG, WEBP and AVIF only.',
  })
  maxBytes?: number | null;
}
