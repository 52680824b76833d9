import { Field, Float, ObjectType } from 'type-graphql';
import type { Sweep, SweepAxis, SweepPoint } from '../../benchmark/sweep.js';
import { SweepAxisEnum } from './benchmark-enums.js';

@ObjectType('Sweep', { description: 'An axis, and the values at which every cell is measured.' })
export class SweepType implements Sweep {
  @Field(() => SweepAxisEnum, { description: 'The varied property.' })
  axis!: SweepAxis;

  @Field(() => [Float], { description: 'Values on the axis.' })
  values!: number[];
}

@ObjectType('SweepPoint', { description: 'The value of the swept property for one cell.' })
export class SweepPointType implements SweepPoint {
  @Field(() => SweepAxisEnum, { description: 'The varied property.' })
  axis!: SweepAxis;

  @Field(() => Float, { description: 'Its value.' })
  value!: number;
}
