import { text } from "../../text/en";
import { Page } from "../../ui/Page";

/** For those to whom the log is closed, so that an address that was handed on does not end in an error. */
export function NotForYou() {
  return (
    <Page title={text.audit.title} testId="audit-closed">
      <p>{text.audit.notForYou}</p>
    </Page>
  );
}
