import { render } from 'preact';
import '../styles/tokens.css';
import '../styles/base.css';
import { resumeSession } from '../session/session.js';
import { App } from './app.js';
import { applyTheme } from './theme.js';

applyTheme();
void resumeSession();
const root = document.getElementById('app');
if (root) render(<App />, root);
