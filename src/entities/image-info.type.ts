import { Field, Float, Int, ObjectType } from 'type-graphql';

@ObjectType('ImageInfo', { description: 'Metadata of a file; never contains a location.' })
export class ImageInfoType {
  @Field(() => Boolean, {
    description: 'Whether any pixel is fully or partly transparent; false if the pixels cannot be decoded.',
  })
  hasAlpha!: boolean;

  @Field(() => Int, { nullable: true, description: 'Bits of a sample.' })
  bitDepth?: number | null;

  @Field(() => String, { nullable: true, description: 'GRAY, RGB, CMYK or LAB.' })
  colorSpace?: string | null;

  @Field(() => String, { nullable: true, description: 'Name of the embedded colour profile.' })
  profile?: string | null;

  @Field(() => Float, { nullable: true, description: 'Pixels per inch.' })
  density?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'The most frequent colour as #RRGGBB; null if the pixels cannot be decoded.',
  })
  dominantColor?: string | null;

  @Field(() => String, { nullable: true, description: 'Maker of the camera, from EXIF.' })
  cameraMake?: string | null;

  @Field(() => String, { nullable: true, description: 'Model of the camera, from EXIF.' })
  cameraModel?: string | null;

  @Field(() => Date, {
    nullable: true,
    description: 'When the photo was taken, from EXIF; read as UTC if the camera stored no time zone.',
  })
  takenAt?: Date | null;
}
