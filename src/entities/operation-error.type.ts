import { Field, ObjectType } from 'type-graphql';
import type { ErrorCode } from '../errors.js';

@ObjectType('OperationError', { description: 'Why something failed.' })
export class OperationErrorType {
  @Field(() => String, { description: 'One of the codes of `errors[].extensions.code`.' })
  code!: ErrorCode;

  @Field(() => String, { description: 'A sentence for people; may change.' })
  message!: string;
}
