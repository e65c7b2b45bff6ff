import { type FormEvent, useId, useRef, useState } from "react";
import { FILTER_FIELDS, type FilterField, filterValueOf, type RecordFilter } from "../../lib/record-filter";
import { hashOf } from "../../lib/route";
import { text } from "../../text/en";
import { Icon } from "../../ui/Icon";

type Values = Readonly<Record<FilterField, string>>;

/** Chooses records. What is chosen becomes the address, so that it can be gone back to and handed on. */
export function FilterForm({ filter }: { readonly filter: RecordFilter }) {
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const [values, setValues] = useState<Values>(() => valuesOf(filter));
  const [wrong, setWrong] = useState<readonly FilterField[]>([]);
  const chosen = FILTER_FIELDS.some((field) => filter[field] !== undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const filled = FILTER_FIELDS.filter((field) => values[field].trim() !== "");
    const faulty = filled.filter((field) => filterValueOf(field, values[field]) === undefined);
    setWrong(faulty);
    const [first] = faulty;
    if (first !== undefined) {
      form.current?.querySelector<HTMLElement>(`[name=${first}]`)?.focus();
      return;
    }
    const chosenNow = Object.fromEntries(filled.map((field) => [field, filterValueOf(field, values[field])]));
    window.location.hash = hashOf({ page: "audit", filter: chosenNow });
  };
  return (
    <details className="exact choose" data-testid="audit-filter">
      <summary>
        <Icon name="chevron" />
        {text.audit.filter.title}
      </summary>
      <form ref={form} noValidate aria-describedby={`${id}-hint`} onSubmit={submit}>
        <p id={`${id}-hint`} className="muted">
          {text.audit.filter.hint}
        </p>
        <div className="choose-fields">
          {FILTER_FIELDS.map((field) => (
            <p key={field}>
              <label htmlFor={`${id}-${field}`}>{text.audit.filter.labels[field]}</label>
              <input
                id={`${id}-${field}`}
                name={field}
                type="text"
                autoComplete="off"
                autoCapitalize="off"
                spellCheck={false}
                value={values[field]}
                aria-invalid={wrong.includes(field)}
                aria-describedby={wrong.includes(field) ? `${id}-${field}-wrong` : undefined}
                onChange={(event) => setValues({ ...values, [field]: event.target.value })}
              />
              {wrong.includes(field) && (
                <span id={`${id}-${field}-wrong`} className="wrong">
                  {text.audit.filter.wrong[field]}
                </span>
              )}
            </p>
          ))}
        </div>
        <p className="actions">
          <button type="submit" className="button primary" data-testid="audit-apply">
            {text.audit.filter.apply}
          </button>
          {chosen && (
            <a className="button" data-testid="audit-clear" href={hashOf({ page: "audit", filter: {} })}>
              {text.audit.filter.clear}
            </a>
          )}
        </p>
      </form>
    </details>
  );
}

function valuesOf(filter: RecordFilter): Values {
  return { order: "", user: "", agent: "", conversation: "", run: "", ...filter };
}
