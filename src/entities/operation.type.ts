import { GraphQLJSONObject } from 'graphql-scalars';
import { Field, ObjectType } from 'type-graphql';
import type { OperationKind } from '../imaging/operation.js';
import { OperationKindEnum } from './enums.js';

@ObjectType('Operation', { description: 'One step of a pipeline, as it was applied.' })
export class OperationType {
  @Field(() => OperationKindEnum, { description: 'Kind of the operation.' })
  kind!: OperationKind;

  @Field(() => GraphQLJSONObject, { description: 'The parameters as applied, with defaults.' })
  params!: object;
}
