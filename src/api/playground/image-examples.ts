import type { PlaygroundExample } from './playground-example.js';

const ACCOUNT = { input: { email: 'ada@example.com', password: 'correct horse battery' } };

const THUMBNAIL = [
  { resize: { width: 800, height: 450, fit: 'COVER' } },
  { sharpen: { amount: 1 } },
  { watermark: { text: 'nogil-bench', position: 'BOTTOM_RIGHT', opacity: 0.5 } },
  { convert: { format: 'JPEG', quality: 80 } },
];

/** Examples of accounts and images. */
export const IMAGE_EXAMPLES: readonly PlaygroundExample[] = [
  {
    name: '1 Register',
    signedOut: true,
    query: `# Run this first: its token signs the other tabs in.
mutation Register($input: RegisterInput!) {
  register(input: $input) {
    accessToken
    accessTokenExpiresAt
    user {
      id
      email
    }
  }
}
`,
    variables: ACCOUNT,
    remember: { variable: 'accessToken', field: 'register', key: 'accessToken' },
  },
  {
    name: '2 Log in',
    signedOut: true,
    query: `# Run this when the token has expired.
mutation Login($input: LoginInput!) {
  login(input: $input) {
    accessToken
    accessTokenExpiresAt
  }
}
`,
    variables: ACCOUNT,
    remember: { variable: 'accessToken', field: 'login', key: 'accessToken' },
  },
  {
    name: '3 Upload',
    query: `# Open "Variables" below, then "Add files" and "Select files", and choose an image.
mutation Upload($file: Upload!) {
  uploadImage(file: $file) {
    id
    filename
    format
    width
    height
    url
  }
}
`,
    remember: { variable: 'imageId', field: 'uploadImage', key: 'id' },
  },
  {
    name: '4 Process',
    query: `# Processes the image that was uploaded last. Open "url" to see the result.
mutation Process($input: ProcessImageInput!) {
  processImage(input: $input) {
    id
    format
    width
    height
    durationMs
    url
  }
}
`,
    variables: { input: { imageId: '{{imageId}}', engine: 'SHARP', operations: THUMBNAIL } },
  },
  {
    name: '5 Images',
    query: `query Images($first: Int!, $after: String) {
  images(first: $first, after: $after) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    edges {
      node {
        id
        filename
        format
        width
        height
        url
        source {
          id
        }
      }
    }
  }
}
`,
    variables: { first: 20 },
  },
  {
    name: '6 Save preset',
    query: `# A pipeline under a name. Saving it again replaces it.
mutation SavePreset($input: SavePresetInput!) {
  savePreset(input: $input) {
    name
    engine
    operations {
      kind
      params
    }
  }
}
`,
    variables: { input: { name: 'thumbnail', operations: THUMBNAIL } },
  },
  {
    name: '7 Variants',
    query: `# Open an address: the first GET computes the variant, later ones read it from the cache.
query Variants($id: ID!, $preset: VariantInput!, $modern: VariantInput!) {
  image(id: $id) {
    frames
    thumbHash
    info {
      hasAlpha
      colorSpace
      dominantColor
    }
    preset: variantUrl(input: $preset)
    modern: variantUrl(input: $modern)
  }
  presets {
    name
  }
}
`,
    variables: {
      id: '{{imageId}}',
      preset: { preset: 'thumbnail' },
      modern: {
        operations: [{ resize: { width: 400, height: 400, fit: 'COVER', gravity: 'ATTENTION' } }],
        autoFormat: true,
      },
    },
  },
];
