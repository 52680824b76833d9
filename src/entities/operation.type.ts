import { GraphQLJSONObject } from 'graphql-scalars';
import { Field, ObjectType } from 'type-graphql';
import type { OperationKind } from '../imaging/operation.js';
import { OperationKindEnum } from './enums.js';

@ObjectType('Operation', { description: 'One step of a chain of operations, as it was applied.' })
export class OperationType {
  @Field(() => OperationKindEnum, { description: 'What was done.' })
  kind!: OperationKind;

  @Field(() => GraphQLJSONObject, { description: 'The parameters as they were applied, defaults filled in.' })
  params!: object;
}
