import { Field, Int, ObjectType } from 'type-graphql';
import { OperationErrorType } from './operation-error.type.js';

@ObjectType('Attempt', { description: 'One attempt at an item of a batch job.' })
export class AttemptType {
  @Field(() => Int, { description: 'Number of the attempt, from 1.' })
  number!: number;

  @Field(() => Date, { description: 'When it was started.' })
  startedAt!: Date;

  @Field(() => Date, { nullable: true, description: 'When it ended; null while it runs.' })
  finishedAt!: Date | null;

  @Field(() => OperationErrorType, {
    nullable: true,
    description: 'Why it ended without a result; null for the attempt with the result, and while it runs.',
  })
  error!: OperationErrorType | null;
}
