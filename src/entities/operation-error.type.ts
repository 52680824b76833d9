import { Field, ObjectType } from 'type-graphql';
import type { ErrorCode } from '../errors.js';

@ObjectType('OperationError', { description: 'Why something failed.' })
export class OperationErrorType {
  @Field(() => String, { description: 'The same codes as `errors[].extensions.code`.' })
  code!: ErrorCode;

  @Field(() => String, { description: 'For people.' })
  message!: string;
}
