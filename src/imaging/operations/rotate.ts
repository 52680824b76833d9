import { quarterTurns, rotatedSize } from '../geometry.js';
import type { OperationSpec } from './operation-spec.js';

/** Clockwise, in degrees; the canvas grows, new corners take the background (#RRGGBB or #RRGGBBAA). */
export interface RotateParams {
  degrees: number;
  background: string;
}

export const rotate: OperationSpec<RotateParams> = {
  summary: 'Rotates clockwise; the canvas grows to hold the whole image.',
  parameters: {
    degrees: { type: 'NUMBER', min: -360, max: 360 },
    background: { type: 'COLOUR' },
  },
  geometry: {
    sizeAfter: (size, { degrees }) => rotatedSize(size, degrees),
    pointAfter(point, size, { degrees }) {
      const after = rotatedSize(size, degrees);
      const angle = (degrees * Math.PI) / 180;
      const [x, y] = [point.x - size.width / 2, point.y - size.height / 2];
      return {
        x: x * Math.cos(angle) - y * Math.sin(angle) + after.width / 2,
        y: x * Math.sin(angle) + y * Math.cos(angle) + after.height / 2,
      };
    },
  },
  describe: ({ degrees, background }) =>
    `rotate by ${degrees}°${quarterTurns(degrees) === undefined ? ` on ${background}` : ''}`,
};
