import { Field, ObjectType } from 'type-graphql';
import type { ErrorCode } from '../errors.js';

@ObjectType('OperationError', { description: 'Reason of a failure.' })
export class OperationErrorType {
  @Field(() => String, { description: 'One of the codes of `errors[].extensions.code`.' })
  code!: ErrorCode;

  @Field(() => String, { description: 'Human-readable explanation; may change.' })
  message!: string;
}
