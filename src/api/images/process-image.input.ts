import { Field, ID, InputType } from 'type-graphql';
import { ImageEngineEnum } from '../../entities/enums.js';
import type { ImageEngineName } from '../../imaging/operation.js';
import { OperationInput } from './operation.input.js';

@InputType({ description: 'What to do to which image.' })
export class ProcessImageInput {
  @Field(() => ID, { description: "One of the user's own images." })
  imageId!: string;

  @Field(() => [OperationInput], {
    description:
      "1 to `serverInfo.limits.maxOperations`, applied in order. Each one's result keeps to the pixel limit.",
  })
  operations!: OperationInput[];

  @Field(() => ImageEngineEnum, { defaultValue: 'SHARP', description: 'What computes it.' })
  engine!: ImageEngineName;
}
