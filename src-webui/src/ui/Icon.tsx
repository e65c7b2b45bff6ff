const paths = {
  send: "M4 12h14M12 5.5 18.5 12 12 18.5",
  stop: "M7 7h10v10H7z",
  plus: "M12 5v14M5 12h14",
  check: "M5 12.5 10 17.5 19.5 7",
  key: "M10.8 13.2 20 4M15.5 8.5l3.5 3.5M10.8 13.2a4 4 0 1 1-5.6 5.6 4 4 0 0 1 5.6-5.6z",
  speech: "M5 5.5h14v10H11l-4 3.5v-3.5H5z",
  external: "M9 5H5v14h14v-4M13 5h6v6M19 5l-9 9",
  alert: "M12 4 21 19.5H3zM12 10v4.5M12 17v.01",
  copy: "M9 9h10v10H9zM5 15V5h10",
  close: "M6 6l12 12M18 6 6 18",
  retry: "M19 12a7 7 0 1 1-2.2-5.1M19 4v4h-4",
  down: "M12 5v13M6 12.5 12 18.5 18 12.5",
  trail: "M4 18c5 0 4-12 8-12s3 12 8 12",
  no: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM6.5 6.5l11 11",
  clock: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 8v4.5l3 2",
  shield: "M12 3.5 19 6v5.5c0 4.2-2.8 7.3-7 9-4.2-1.7-7-4.8-7-9V6zM9 12l2.2 2.2L15.2 10",
  menu: "M4 7h16M4 12h16M4 17h16",
  bin: "M5 7h14M9.5 7V4.5h5V7M7 7l1 13h8l1-13",
  download: "M12 4v11M7 10.5l5 5 5-5M5 20h14",
  record: "M6 3.5h12v17H6zM9 8h6M9 12h6M9 16h3.5",
  chevron: "M9 6l6 6-6 6",
} as const;

export type IconName = keyof typeof paths;

/** A line icon beside a text that says the same; never the only bearer of a meaning. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
