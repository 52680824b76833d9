import type { Size } from '../../../src/imaging/geometry.js';
import type { OperationKind } from '../../api/generated/graphql.js';
import { type Field, type NumberField, type Value, wordsOf } from '../pipeline/operations.model.js';
import { ColourField } from './colour-field.js';
import styles from './parameter-field.module.css';
import { sliderOf } from './slider.model.js';

interface ParameterFieldProps {
  kind: OperationKind;
  name: string;
  field: Field;
  value: Value | undefined;
  /** Of the image at this step, in pixels. */
  size: Size;
  /** `undefined`: without this parameter. */
  onChange(value: Value | undefined): void;
}

/** The input of one parameter, by its type. */
export function ParameterField({ kind, name, field, value, size, onChange }: ParameterFieldProps) {
  const label = wordsOf(name);
  switch (field.type) {
    case 'WHOLE':
    case 'NUMBER':
      return <NumberInput {...{ kind, name, field, value, size, onChange }} label={label} />;
    case 'ONE_OF':
      return (
        <label class={styles.field}>
          <span>{label}</span>
          <select
            class={styles.wide}
            value={String(value ?? '')}
            onChange={({ currentTarget }) => onChange(currentTarget.value)}
          >
            {field.values.map((each) => (
              <option key={each} value={each}>
                {name === 'format' ? each : wordsOf(each)}
              </option>
            ))}
          </select>
        </label>
      );
    case 'FLAG':
      return (
        <label class={styles.flag}>
          <input
            type="checkbox"
            checked={value === true}
            onChange={({ currentTarget }) => onChange(currentTarget.checked)}
          />
          {label}
        </label>
      );
    case 'COLOUR':
      return <ColourField label={label} value={String(value)} onChange={onChange} />;
    case 'TEXT':
      return (
        <label class={styles.field}>
          <span>{label}</span>
          <input
            class={styles.wide}
            value={String(value ?? '')}
            maxLength={field.maxLength}
            onInput={({ currentTarget }) => onChange(currentTarget.value)}
          />
        </label>
      );
    default:
      return field satisfies never;
  }
}

interface NumberInputProps extends ParameterFieldProps {
  field: NumberField;
  label: string;
}

/** A slider over the useful part of the range, and a box that takes all of it. */
function NumberInput({ kind, name, field, value, size, onChange, label }: NumberInputProps) {
  const slider = sliderOf(kind, name, field, size);
  const number = typeof value === 'number' ? value : undefined;
  return (
    <div class={styles.field}>
      <span>{label}</span>
      <input
        type="range"
        aria-label={`${label} slider`}
        min={slider.min}
        max={slider.max}
        step={slider.step}
        value={number === undefined ? slider.max : slider.toPosition(number)}
        data-absent={number === undefined}
        onInput={({ currentTarget }) => onChange(slider.toValue(currentTarget.valueAsNumber))}
      />
      <input
        type="number"
        aria-label={label}
        title={`${field.min.toLocaleString('en')} to ${field.max.toLocaleString('en')}${field.unit ?? ''}`}
        min={field.min}
        max={field.max}
        step={field.type === 'WHOLE' ? 1 : 'any'}
        placeholder={field.optional ? 'auto' : undefined}
        value={number ?? ''}
        onChange={({ currentTarget }) => {
          onChange(currentTarget.value === '' ? undefined : currentTarget.valueAsNumber);
          // What was refused or clamped must not stay in the box.
          if (number !== undefined) currentTarget.value = String(number);
        }}
      />
    </div>
  );
}
