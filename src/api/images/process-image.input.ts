import { Field, ID, InputType } from 'type-graphql';
import { PipelineInput } from './pipeline.input.js';

@InputType({ description: 'An image and what to apply to it. Exactly one of `preset` and `operations`.' })
export class ProcessImageInput extends PipelineInput {
  @Field(() => ID, { description: "Id of one of the user's images." })
  imageId!: string;
}
