import { useRoute } from 'preact-iso/router';
import { EditedImageDocument } from '../api/generated/graphql.js';
import { BASE_PATH } from '../app/base-path.js';
import { ask } from '../session/session.js';
import { Page } from '../ui/page.js';
import { useLoad } from '../ui/use-load.js';
import { Editor } from './editor.js';

/** The editor of one image, once it is loaded. */
export default function EditorPage() {
  const { id = '' } = useRoute().params;
  const { value: loaded, problem } = useLoad(() => ask(EditedImageDocument, { id }), [id]);
  if (loaded.value?.image.id === id)
    return <Editor key={id} image={loaded.value.image} server={loaded.value.serverInfo} />;
  return (
    <Page title="Image">
      <p role="status">{problem.value || 'Loading the image …'}</p>
      {problem.value && (
        <p>
          <a href={`${BASE_PATH}/images`}>Go to your images</a>
        </p>
      )}
    </Page>
  );
}
