import {
  Arg,
  Args,
  Authorized,
  Ctx,
  FieldResolver,
  Float,
  ID,
  Mutation,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { Image } from '../../entities/image.entity.js';
import { ImageInfoType } from '../../entities/image-info.type.js';
import { UserId } from '../graphql/authorization.js';
import type { Context } from '../graphql/context.js';
import { PageArgs } from '../graphql/page-args.js';
import { connectionOf } from '../graphql/pagination.type.js';
import { incomingFile, UploadScalar } from './incoming-file.js';
import { toPipelineChoice } from './pipeline.input.js';
import { ProcessImageInput } from './process-image.input.js';
import { UploadPart } from './upload-part.js';
import { VariantInput } from './variant.input.js';

const ImageConnection = connectionOf('Image', Image);
type ImageConnection = InstanceType<typeof ImageConnection>;

const UPLOAD_ERRORS =
  'Errors: PAYLOAD_TOO_LARGE above the size limit, UNSUPPORTED_MEDIA for content that is not an image, LIMIT_EXCEEDED above the pixel limit or the quota.';

@Resolver(() => Image)
export class ImageResolver {
  @Authorized()
  @Query(() => Image, {
    description: "One of the user's images. NOT_FOUND for an unknown id, FORBIDDEN for another user's image.",
  })
  image(
    @Ctx() { services }: Context,
    @UserId() userId: string,
    @Arg('id', () => ID, { description: 'Id of the image.' }) id: string,
  ): Promise<Image> {
    return services.images.find(userId, id);
  }

  @Authorized()
  @Query(() => ImageConnection, { description: "The user's images, newest first." })
  images(
    @Ctx() { services }: Context,
    @UserId() userId: string,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<ImageConnection> {
    return services.images.list(userId, page);
  }

  @Authorized()
  @Mutation(() => Image, { description: `Stores an image. ${UPLOAD_ERRORS}` })
  async uploadImage(
    @Ctx() { services }: Context,
    @UserId() userId: string,
    @Arg('file', () => UploadScalar, { description: 'A part of a GraphQL multipart request.' })
    file: UploadPart,
  ): Promise<Image> {
    const [image] = await services.images.upload(userId, [await incomingFile(file, 'file')]);
    return image as Image;
  }

  @Authorized()
  @Mutation(() => [Image], { description: `Stores several images, all or none. ${UPLOAD_ERRORS}` })
  async uploadImages(
    @Ctx() { services }: Context,
    @UserId() userId: string,
    @Arg('files', () => [UploadScalar], { description: 'Parts of one GraphQL multipart request.' })
    files: UploadPart[],
  ): Promise<Image[]> {
    const all = await Promise.all(files.map((file, index) => incomingFile(file, `files[${index}]`)));
    return services.images.upload(userId, all);
  }

  @Authorized()
  @Mutation(() => Image, {
    description:
      'Makes a new image from an existing one. Without `convert` the result has the format of its source, or PNG if the engine cannot write that format. Cancelled if the client disconnects before processing starts. ' +
      'Errors: BAD_USER_INPUT names the operation and the parameter, PROCESSING_FAILED if the image cannot be decoded or takes too long, LIMIT_EXCEEDED above the pixel limit or the quota, SERVER_BUSY with `retryAfterMs`.',
  })
  processImage(
    @Ctx() { services, disconnected }: Context,
    @UserId() userId: string,
    @Arg('input', () => ProcessImageInput, { description: 'The image and the operations.' })
    input: ProcessImageInput,
  ): Promise<Image> {
    const { imageId } = input;
    return services.images.process(userId, { imageId, ...toPipelineChoice(input) }, disconnected?.());
  }

  @Authorized()
  @Mutation(() => ID, { description: 'Deletes an image and returns its id. Images made from it stay.' })
  async deleteImage(
    @Ctx() { services }: Context,
    @UserId() userId: string,
    @Arg('id', () => ID, { description: 'Id of the image.' }) id: string,
  ): Promise<string> {
    const [deleted] = await services.images.delete(userId, [id]);
    return deleted as string;
  }

  @Authorized()
  @Mutation(() => [ID], {
    description:
      'Deletes images, all or none, and returns their ids. Images made from them stay. NOT_FOUND or FORBIDDEN for an unknown or foreign id; nothing is deleted then.',
  })
  deleteImages(
    @Ctx() { services }: Context,
    @UserId() userId: string,
    @Arg('ids', () => [ID], { description: 'Ids of 1 to 1,000 images; a repeated id counts once.' })
    ids: string[],
  ): Promise<string[]> {
    return services.images.delete(userId, ids);
  }

  @Authorized()
  @Mutation(() => Image, {
    description:
      "Sets the point of an image that gravity FOCAL_POINT keeps in later operations and variants; both null: removes it. NOT_FOUND for an unknown id, FORBIDDEN for another user's image.",
  })
  setFocalPoint(
    @Ctx() { services }: Context,
    @UserId() userId: string,
    @Arg('imageId', () => ID, { description: 'Id of the image.' }) imageId: string,
    @Arg('x', () => Float, { nullable: true, description: 'Share of the width, 0 to 1.' }) x?: number | null,
    @Arg('y', () => Float, { nullable: true, description: 'Share of the height, 0 to 1.' }) y?: number | null,
  ): Promise<Image> {
    return services.images.setFocalPoint(userId, imageId, x ?? null, y ?? null);
  }

  @FieldResolver(() => Image, { nullable: true })
  source(
    @Root() { source }: Image,
    @Ctx() { services }: Context,
    @UserId() userId: string,
  ): Promise<Image | null> | null {
    return source && services.images.findIfStored(userId, source.id);
  }

  @FieldResolver(() => ImageInfoType, {
    description: 'Metadata of the file. Computed at upload; for results at the first request.',
  })
  async info(@Root() image: Image, @Ctx() { services }: Context): Promise<ImageInfoType> {
    const { takenAt, ...info } = await services.images.descriptions.info(image);
    return { ...info, takenAt: takenAt === undefined ? null : new Date(takenAt) };
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Base64 of a ThumbHash, a placeholder of about 25 bytes; null if the pixels cannot be decoded, and until it is computed.',
  })
  thumbHash(@Root() image: Image, @Ctx() { services }: Context): Promise<string | null> {
    return services.images.descriptions.thumbHash(image);
  }

  @FieldResolver(() => String, {
    description: 'Signed download address of this image; works without a header until it expires.',
  })
  url(@Root() { id }: Image, @Ctx() { link }: Context): string {
    return link(`/media/images/${id}`);
  }

  @FieldResolver(() => String, {
    description:
      'Signed address of a variant: computed by the first GET, then cached; counts towards no quota. The preset and the focal point are applied as they are now. Stays the same for a while, so that browsers can cache it. ' +
      'GET answers 403 for a changed or expired address, 400 or 422 if the image does not allow the operations, 503 with Retry-After if the server is busy.',
  })
  async variantUrl(
    @Root() image: Image,
    @Ctx() { services, stableLink }: Context,
    @Arg('input', () => VariantInput, { description: 'The recipe.' }) input: VariantInput,
  ): Promise<string> {
    const { autoFormat } = input;
    return stableLink(await services.variants.path(image, { autoFormat, ...toPipelineChoice(input) }));
  }
}
