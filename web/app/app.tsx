import lazy from 'preact-iso/lazy';
import { LocationProvider, Route, Router } from 'preact-iso/router';
import { session } from '../session/session.js';
import { SignInPage } from '../session/sign-in-page.js';
import { Page } from '../ui/page.js';
import styles from './app.module.css';
import { BASE_PATH } from './base-path.js';
import { Shell } from './shell.js';

const AccountPage = lazy(() => import('../account/account-page.js'));
const EditorPage = lazy(() => import('../editor/editor-page.js'));
const ImagesPage = lazy(() => import('../images/images-page.js'));
const JobsPage = lazy(() => import('../jobs/jobs-page.js'));
const JobPage = lazy(() => import('../jobs/job-page.js'));
const ComparePage = lazy(() => import('../lab/compare/compare-page.js'));
const LabPage = lazy(() => import('../lab/lab-page.js'));
const LessonPage = lazy(() => import('../lab/lessons/lesson-page.js'));
const LessonsPage = lazy(() => import('../lab/lessons/lessons-page.js'));
const RacePage = lazy(() => import('../lab/race/race-page.js'));
const RunPage = lazy(() => import('../lab/run/run-page.js'));

/** The whole app: the sign-in page until a user is signed in, then the page of the address. */
export function App() {
  return (
    <LocationProvider scope={BASE_PATH || '/'}>
      <Shell>
        <Content />
      </Shell>
    </LocationProvider>
  );
}

function Content() {
  switch (session.value.status) {
    case 'UNKNOWN':
      return <Waiting text="Signing in …" />;
    case 'UNREACHABLE':
      return <Waiting text="The server does not answer. Trying again …" hint={UNREACHABLE} />;
    case 'SIGNED_OUT':
      return <SignInPage />;
    case 'SIGNED_IN':
      return (
        // Another user's pages begin anew.
        <Router key={session.value.user.id}>
          <Route path={`${BASE_PATH}/`} component={ImagesPage} />
          <Route path={`${BASE_PATH}/images`} component={ImagesPage} />
          <Route path={`${BASE_PATH}/images/:id`} component={EditorPage} />
          <Route path={`${BASE_PATH}/jobs`} component={JobsPage} />
          <Route path={`${BASE_PATH}/jobs/:id`} component={JobPage} />
          <Route path={`${BASE_PATH}/lab`} component={LabPage} />
          <Route path={`${BASE_PATH}/lab/compare`} component={ComparePage} />
          <Route path={`${BASE_PATH}/lab/lessons`} component={LessonsPage} />
          <Route path={`${BASE_PATH}/lab/lessons/:name`} component={LessonPage} />
          <Route path={`${BASE_PATH}/lab/race`} component={RacePage} />
          <Route path={`${BASE_PATH}/lab/:id`} component={RunPage} />
          <Route path={`${BASE_PATH}/account`} component={AccountPage} />
          <Route default component={NotFound} />
        </Router>
      );
    default:
      return session.value satisfies never;
  }
}

const UNREACHABLE =
  'This page continues by itself once it answers. Check your connection, and that the server runs.';

function Waiting({ text, hint }: { text: string; hint?: string }) {
  return (
    <main class={styles.waiting}>
      <progress aria-label={text} />
      <p role="status">{text}</p>
      {hint && <p class={styles.hint}>{hint}</p>}
    </main>
  );
}

function NotFound() {
  return (
    <Page title="Page not found">
      <p>
        There is no page at this address. <a href={`${BASE_PATH}/images`}>Go to your images</a>.
      </p>
    </Page>
  );
}
