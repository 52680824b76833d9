import { Arg, Authorized, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Image } from '../../entities/image.entity.js';
import { UserId } from '../graphql/authorization.js';
import type { Context } from '../graphql/context.js';
import { connectionOf } from '../graphql/pagination.type.js';
import { incomingFile, UploadScalar } from './incoming-file.js';
import { toOperations } from './operation.input.js';
import { ProcessImageInput } from './process-image.input.js';
import { UploadPart } from './upload-part.js';

const ImageConnection = connectionOf('Image', Image);
type ImageConnection = InstanceType<typeof ImageConnection>;

const UPLOAD_ERRORS =
  'PAYLOAD_TOO_LARGE beyond the size limit, UNSUPPORTED_MEDIA for what is no picture by its content, LIMIT_EXCEEDED beyond the pixel limit or the quota.';

@Resolver(() => Image)
export class ImageResolver {
  @Authorized()
  @Query(() => Image, {
    description: "One of the user's images. NOT_FOUND, or FORBIDDEN when it is somebody else's.",
  })
  image(
    @Ctx() { services }: Context,
    @UserId() userId: string,
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
  ): Promise<Image> {
    return services.images.find(userId, id);
  }

  @Authorized()
  @Query(() => ImageConnection, { description: "The user's images, newest first." })
  images(
    @Ctx() { services }: Context,
    @UserId() userId: string,
    @Arg('first', () => Int, { defaultValue: 20, description: 'Rows of a page, 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'A cursor: the page starts behind it.' })
    after?: string | null,
  ): Promise<ImageConnection> {
    return services.images.list(userId, { first, after: after ?? undefined });
  }

  @Authorized()
  @Mutation(() => Image, { description: `Stores a picture. ${UPLOAD_ERRORS}` })
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
  @Mutation(() => [Image], { description: `Stores several pictures, all or none. ${UPLOAD_ERRORS}` })
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
      'Makes a new image from one. Without `convert` it keeps the format of its source, or is a PNG where the engine cannot write that. Whoever goes away before it begins has it called off. ' +
      'BAD_USER_INPUT names the operation and parameter at fault; PROCESSING_FAILED when the picture cannot be decoded or takes too long; LIMIT_EXCEEDED beyond the pixel limit or the quota; SERVER_BUSY with `retryAfterMs`.',
  })
  processImage(
    @Ctx() { services, gone }: Context,
    @UserId() userId: string,
    @Arg('input', () => ProcessImageInput, { description: 'What to do to which image.' })
    input: ProcessImageInput,
  ): Promise<Image> {
    const operations = toOperations(input.operations, 'input.operations');
    return services.images.process(userId, { ...input, operations }, gone);
  }

  @Authorized()
  @Mutation(() => ID, { description: 'Returns the id; images made from it stay.' })
  deleteImage(
    @Ctx() { services }: Context,
    @UserId() userId: string,
    @Arg('id', () => ID, { description: "One of the user's own images." }) id: string,
  ): Promise<string> {
    return services.images.delete(userId, id);
  }

  @FieldResolver(() => Image, { nullable: true })
  source(
    @Root() { source }: Image,
    @Ctx() { services }: Context,
    @UserId() userId: string,
  ): Promise<Image | null> | null {
    return source && services.images.findIfStored(userId, source.id);
  }

  @FieldResolver(() => String, {
    description: 'Download address: signed and expiring; works without a header, for this image alone.',
  })
  url(@Root() { id }: Image, @Ctx() { link }: Context): string {
    return link(`/media/images/${id}`);
  }
}
