/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** A file format. Which engine reads and writes which: `serverInfo.engines`. */
export type ImageFormat =
  /** Lossy, with transparency; small files, slow to write. */
  | 'AVIF'
  /** Uncompressed. */
  | 'BMP'
  /** 256 colours, transparency on or off. */
  | 'GIF'
  /** Lossy, without transparency. */
  | 'JPEG'
  /** Lossless, with transparency. */
  | 'PNG'
  /** Lossless, with transparency. */
  | 'TIFF'
  /** Lossy, with transparency. */
  | 'WEBP';

/** E-mail address and password of an account. */
export type LoginInput = {
  /** As registered; case is ignored. */
  email: string;
  /** As registered. */
  password: string;
};

/** E-mail address and password of a new account. */
export type RegisterInput = {
  /** At most 254 characters; case is ignored. International domains are stored as punycode, both spellings are one account. */
  email: string;
  /** 8 to 128 characters. */
  password: string;
};

export type ImageTileFragment = { id: string, filename: string, format: ImageFormat, width: number, height: number, byteSize: number, url: string, createdAt: string };

export type SignedInFragment = { accessToken: string, accessTokenExpiresAt: string, refreshToken: string, user: { id: string, email: string } };

export type LoginMutationVariables = Exact<{
  input: LoginInput;
}>;


export type LoginMutation = { login: { accessToken: string, accessTokenExpiresAt: string, refreshToken: string, user: { id: string, email: string } } };

export type RegisterMutationVariables = Exact<{
  input: RegisterInput;
}>;


export type RegisterMutation = { register: { accessToken: string, accessTokenExpiresAt: string, refreshToken: string, user: { id: string, email: string } } };

export type RefreshTokenMutationVariables = Exact<{
  refreshToken: string;
}>;


export type RefreshTokenMutation = { refreshToken: { accessToken: string, accessTokenExpiresAt: string, refreshToken: string, user: { id: string, email: string } } };

export type LogoutMutationVariables = Exact<{
  refreshToken: string;
}>;


export type LogoutMutation = { logout: boolean };

export type MeQueryVariables = Exact<{ [key: string]: never; }>;


export type MeQuery = { me: { id: string, email: string } };

export type LimitsQueryVariables = Exact<{ [key: string]: never; }>;


export type LimitsQuery = { serverInfo: { limits: { maxUploadBytes: number, maxBatchImages: number } } };

export type ImagesQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
}>;


export type ImagesQuery = { images: { totalCount: number, edges: Array<{ node: { id: string, filename: string, format: ImageFormat, width: number, height: number, byteSize: number, url: string, createdAt: string } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type UploadImageMutationVariables = Exact<{
  file: Blob;
}>;


export type UploadImageMutation = { uploadImage: { id: string, filename: string, format: ImageFormat, width: number, height: number, byteSize: number, url: string, createdAt: string } };

export type DeleteImageMutationVariables = Exact<{
  id: string | number;
}>;


export type DeleteImageMutation = { deleteImage: string };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const ImageTileFragmentDoc = new TypedDocumentString(`
    fragment ImageTile on Image {
  id
  filename
  format
  width
  height
  byteSize
  url
  createdAt
}
    `, {"fragmentName":"ImageTile"}) as unknown as TypedDocumentString<ImageTileFragment, unknown>;
export const SignedInFragmentDoc = new TypedDocumentString(`
    fragment SignedIn on AuthPayload {
  accessToken
  accessTokenExpiresAt
  refreshToken
  user {
    id
    email
  }
}
    `, {"fragmentName":"SignedIn"}) as unknown as TypedDocumentString<SignedInFragment, unknown>;
export const LoginDocument = new TypedDocumentString(`
    mutation Login($input: LoginInput!) {
  login(input: $input) {
    ...SignedIn
  }
}
    fragment SignedIn on AuthPayload {
  accessToken
  accessTokenExpiresAt
  refreshToken
  user {
    id
    email
  }
}`) as unknown as TypedDocumentString<LoginMutation, LoginMutationVariables>;
export const RegisterDocument = new TypedDocumentString(`
    mutation Register($input: RegisterInput!) {
  register(input: $input) {
    ...SignedIn
  }
}
    fragment SignedIn on AuthPayload {
  accessToken
  accessTokenExpiresAt
  refreshToken
  user {
    id
    email
  }
}`) as unknown as TypedDocumentString<RegisterMutation, RegisterMutationVariables>;
export const RefreshTokenDocument = new TypedDocumentString(`
    mutation RefreshToken($refreshToken: String!) {
  refreshToken(refreshToken: $refreshToken) {
    ...SignedIn
  }
}
    fragment SignedIn on AuthPayload {
  accessToken
  accessTokenExpiresAt
  refreshToken
  user {
    id
    email
  }
}`) as unknown as TypedDocumentString<RefreshTokenMutation, RefreshTokenMutationVariables>;
export const LogoutDocument = new TypedDocumentString(`
    mutation Logout($refreshToken: String!) {
  logout(refreshToken: $refreshToken)
}
    `) as unknown as TypedDocumentString<LogoutMutation, LogoutMutationVariables>;
export const MeDocument = new TypedDocumentString(`
    query Me {
  me {
    id
    email
  }
}
    `) as unknown as TypedDocumentString<MeQuery, MeQueryVariables>;
export const LimitsDocument = new TypedDocumentString(`
    query Limits {
  serverInfo {
    limits {
      maxUploadBytes
      maxBatchImages
    }
  }
}
    `) as unknown as TypedDocumentString<LimitsQuery, LimitsQueryVariables>;
export const ImagesDocument = new TypedDocumentString(`
    query Images($first: Int!, $after: String) {
  images(first: $first, after: $after) {
    edges {
      node {
        ...ImageTile
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
    totalCount
  }
}
    fragment ImageTile on Image {
  id
  filename
  format
  width
  height
  byteSize
  url
  createdAt
}`) as unknown as TypedDocumentString<ImagesQuery, ImagesQueryVariables>;
export const UploadImageDocument = new TypedDocumentString(`
    mutation UploadImage($file: Upload!) {
  uploadImage(file: $file) {
    ...ImageTile
  }
}
    fragment ImageTile on Image {
  id
  filename
  format
  width
  height
  byteSize
  url
  createdAt
}`) as unknown as TypedDocumentString<UploadImageMutation, UploadImageMutationVariables>;
export const DeleteImageDocument = new TypedDocumentString(`
    mutation DeleteImage($id: ID!) {
  deleteImage(id: $id)
}
    `) as unknown as TypedDocumentString<DeleteImageMutation, DeleteImageMutationVariables>;