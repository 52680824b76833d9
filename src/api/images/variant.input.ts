import { Field, InputType } from 'type-graphql';
import { PipelineInput } from './pipeline.input.js';

@InputType({ description: 'The recipe of a variant. Exactly one of `preset` and `operations`.' })
export class VariantInput extends PipelineInput {
  @Field(() => Boolean, {
    defaultValue: false,
    description:
      "Chooses the format by the client's Accept header: AVIF, else WEBP, else the format without it. Animations become WEBP. Engine SHARP only, and not together with `convert`.",
  })
  autoFormat!: boolean;
}
