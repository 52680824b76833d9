import { Field, InputType } from 'type-graphql';
import { ImageEngineEnum } from '../../entities/enums.js';
import type { ImageEngineName } from '../../imaging/engine-name.js';
import type { PipelineChoice } from '../../services/images/preset.service.js';
import { OperationInput, toOperations } from './operation.input.js';

/** The fields of an input that names a preset or lists operations. */
@InputType()
export abstract class PipelineInput {
  @Field(() => String, {
    nullable: true,
    description: 'Name of one of your presets; its operations are used as they are now.',
  })
  preset?: string | null;

  @Field(() => [OperationInput], {
    nullable: true,
    description:
      '1 to `serverInfo.limits.maxOperations` operations, applied in order. The result of each must stay within the pixel limit.',
  })
  operations?: OperationInput[] | null;

  @Field(() => ImageEngineEnum, {
    nullable: true,
    description: "The engine. Default: the preset's, else SHARP.",
  })
  engine?: ImageEngineName | null;
}

/** Converts the input to the type of the services. */
export function toPipelineChoice({ preset, operations, engine }: PipelineInput): PipelineChoice {
  return { preset, engine, operations: operations && toOperations(operations, 'input.operations') };
}
