import { BASE_PATH } from '../../app/base-path.js';
import { Page } from '../../ui/page.js';
import { LabPages } from '../lab-pages.js';
import { LESSON_NAMES } from './lesson.model.js';
import { LESSONS, numberOf } from './lessons.model.js';
import styles from './lessons-page.module.css';
import { rememberedAddress } from './remembered-lesson.js';

/** The lessons in their order, with the last result of each in this browser. */
export default function LessonsPage() {
  return (
    <Page
      title="Lessons"
      subtitle="Eight questions about programs that compute. Guess first, then measure on this server: each run takes less than half a minute."
      actions={<LabPages current="LESSONS" />}
    >
      <ol class={styles.list}>
        {LESSON_NAMES.map((name) => {
          const remembered = rememberedAddress(name);
          return (
            <li key={name}>
              <a class={styles.lesson} href={`${BASE_PATH}/lab/lessons/${name}`}>
                <span class={styles.number}>{numberOf(name)}</span>
                <span class={styles.text}>
                  <b>{LESSONS[name].title}</b>
                  <span>{LESSONS[name].summary}</span>
                </span>
              </a>
              {remembered && (
                <a class={styles.result} href={`${BASE_PATH}/lab/lessons/${name}${remembered}`}>
                  Your last result
                </a>
              )}
            </li>
          );
        })}
      </ol>
    </Page>
  );
}
