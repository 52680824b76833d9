import { Field, Float, InputType, Int } from 'type-graphql';
import { ImageFormatEnum, ResizeFitEnum, WatermarkPositionEnum } from '../../entities/enums.js';
import { AppError } from '../../errors.js';
import type { ImageFormat, Operation, ResizeFit, WatermarkPosition } from '../../imaging/operation.js';

@InputType({ description: 'Pixels. With one side left out the aspect ratio is kept.' })
export class ResizeInput {
  @Field(() => Int, { nullable: true, description: 'Pixels, from 1.' })
  width?: number | null;

  @Field(() => Int, { nullable: true, description: 'Pixels, from 1.' })
  height?: number | null;

  @Field(() => ResizeFitEnum, { defaultValue: 'FILL', description: 'How the picture meets the box.' })
  fit!: ResizeFit;
}

@InputType({ description: 'Gaussian blur.' })
export class BlurInput {
  @Field(() => Float, { description: 'Standard deviation in pixels, 0.3 to 100.' })
  sigma!: number;
}

@InputType({ description: 'Unsharp mask.' })
export class SharpenInput {
  @Field(() => Float, {
    defaultValue: 1,
    description: '0 to 10: 0 leaves the image as it is, 1 is the usual strength.',
  })
  amount!: number;
}

@InputType({ description: 'Clockwise; the canvas grows to hold the whole picture.' })
export class RotateInput {
  @Field(() => Float, { description: 'Degrees, -360 to 360.' })
  degrees!: number;

  @Field(() => String, {
    defaultValue: '#00000000',
    description: 'The colour of the new corners: #RRGGBB or #RRGGBBAA.',
  })
  background!: string;
}

@InputType({ description: 'A text drawn in white with a dark edge, sized to the picture.' })
export class WatermarkInput {
  @Field(() => String, { description: '1 to 100 characters.' })
  text!: string;

  @Field(() => WatermarkPositionEnum, { defaultValue: 'BOTTOM_RIGHT', description: 'Where it stands.' })
  position!: WatermarkPosition;

  @Field(() => Float, { defaultValue: 0.5, description: '0 (not to be seen) to 1 (opaque).' })
  opacity!: number;
}

@InputType({ description: 'The format of the result; of several, the last one counts.' })
export class ConvertInput {
  @Field(() => ImageFormatEnum, { description: 'Must be one that the engine writes: `serverInfo.engines`.' })
  format!: ImageFormat;

  @Field(() => Int, { nullable: true, description: '1 to 100, for the lossy formats; left out: 80.' })
  quality?: number | null;
}

@InputType({ description: 'Exactly one field is given; the list is applied in order.' })
export class OperationInput {
  @Field(() => ResizeInput, { nullable: true, description: 'Changes width and height.' })
  resize?: ResizeInput;

  @Field(() => BlurInput, { nullable: true, description: 'Blurs.' })
  blur?: BlurInput;

  @Field(() => SharpenInput, { nullable: true, description: 'Sharpens.' })
  sharpen?: SharpenInput;

  @Field(() => Boolean, { nullable: true, description: 'Takes the colours away. Must be true.' })
  grayscale?: boolean;

  @Field(() => RotateInput, { nullable: true, description: 'Turns clockwise.' })
  rotate?: RotateInput;

  @Field(() => WatermarkInput, { nullable: true, description: 'Draws a text.' })
  watermark?: WatermarkInput;

  @Field(() => ConvertInput, { nullable: true, description: 'Chooses the format of the result.' })
  convert?: ConvertInput;
}

/** The inputs as plain operations; what was given as null is left out. `field` is the list's path in the request. */
export function toOperations(inputs: readonly OperationInput[], field: string): Operation[] {
  return inputs.map((input, index) => toOperation(input, `${field}[${index}]`));
}

function toOperation(
  { resize, blur, sharpen, grayscale, rotate, watermark, convert }: OperationInput,
  field: string,
): Operation {
  if (resize)
    return {
      kind: 'RESIZE',
      params: { ...given('width', resize.width), ...given('height', resize.height), fit: resize.fit },
    };
  if (blur) return { kind: 'BLUR', params: { sigma: blur.sigma } };
  if (sharpen) return { kind: 'SHARPEN', params: { amount: sharpen.amount } };
  if (rotate) return { kind: 'ROTATE', params: { ...rotate } };
  if (watermark) return { kind: 'WATERMARK', params: { ...watermark } };
  if (convert)
    return { kind: 'CONVERT', params: { format: convert.format, ...given('quality', convert.quality) } };
  if (grayscale !== true) throw AppError.badInput(`${field}.grayscale`, 'must be true');
  return { kind: 'GRAYSCALE', params: {} };
}

function given<Name extends string>(
  name: Name,
  value: number | null | undefined,
): { [Key in Name]?: number } {
  return (value == null ? {} : { [name]: value }) as { [Key in Name]?: number };
}
