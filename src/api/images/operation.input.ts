import { Field, InputType } from 'type-graphql';
import { AppError } from '../../errors.js';
import { OPERATION_KINDS, type Operation, type OperationKind } from '../../imaging/operation.js';
import { BlurInput } from './operations/blur.input.js';
import { ConvertInput } from './operations/convert.input.js';
import { CropInput } from './operations/crop.input.js';
import { ExtendInput } from './operations/extend.input.js';
import { FlipInput } from './operations/flip.input.js';
import { ModulateInput } from './operations/modulate.input.js';
import { ResizeInput } from './operations/resize.input.js';
import { RotateInput } from './operations/rotate.input.js';
import { SharpenInput } from './operations/sharpen.input.js';
import { TrimInput } from './operations/trim.input.js';
import { WatermarkInput } from './operations/watermark.input.js';

@InputType({
  description:
    'One operation: exactly one field must be set. Operations are applied in the order of the list.',
})
export class OperationInput {
  @Field(() => ResizeInput, { nullable: true, description: 'Changes width and height.' })
  resize?: ResizeInput;

  @Field(() => BlurInput, { nullable: true, description: 'Blurs.' })
  blur?: BlurInput;

  @Field(() => SharpenInput, { nullable: true, description: 'Sharpens.' })
  sharpen?: SharpenInput;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Removes the colours. Takes `true`: it has no parameters.',
  })
  grayscale?: boolean;

  @Field(() => RotateInput, { nullable: true, description: 'Rotates clockwise.' })
  rotate?: RotateInput;

  @Field(() => WatermarkInput, { nullable: true, description: 'Draws a text.' })
  watermark?: WatermarkInput;

  @Field(() => ConvertInput, { nullable: true, description: 'Chooses the format of the result.' })
  convert?: ConvertInput;

  @Field(() => CropInput, { nullable: true, description: 'Cuts out a box.' })
  crop?: CropInput;

  @Field(() => FlipInput, { nullable: true, description: 'Mirrors.' })
  flip?: FlipInput;

  @Field(() => TrimInput, { nullable: true, description: 'Removes borders of one colour.' })
  trim?: TrimInput;

  @Field(() => ExtendInput, { nullable: true, description: 'Adds borders.' })
  extend?: ExtendInput;

  @Field(() => ModulateInput, { nullable: true, description: 'Changes brightness, contrast and colours.' })
  modulate?: ModulateInput;
}

/** The inputs as plain operations, without the fields that are null. `field` is the path of the list in the request. */
export function toOperations(inputs: readonly OperationInput[], field: string): Operation[] {
  return inputs.map((input, index) => toOperation(input, `${field}[${index}]`));
}

function toOperation(input: OperationInput, field: string): Operation {
  for (const kind of OPERATION_KINDS) {
    // Each kind has a field with its name in lower case; a missing one does not compile.
    const name = kind.toLowerCase() as Lowercase<OperationKind>;
    const value = input[name];
    if (value === undefined || value === null) continue;
    if (value === false) throw AppError.badInput(`${field}.${name}`, 'must be true');
    const params = Object.fromEntries(
      Object.entries(value).filter(([, parameter]) => parameter !== null && parameter !== undefined),
    );
    return { kind, params } as unknown as Operation;
  }
  throw AppError.badInput(field, 'must have exactly one operation');
}
