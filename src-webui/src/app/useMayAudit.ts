import { useEffect, useState } from "react";
import { type Failure, failureOf } from "../lib/failure";
import { READ_AUDIT } from "../lib/rights";
import { type Ready } from "./start";

/** Whether there is an audit log for the person to read; undefined until that is known, or why it cannot be. */
export function useMayAudit({ config, session, rights }: Ready): boolean | Failure | undefined {
  const possible = session.person !== null && config.auditScopes.length > 0;
  const [may, setMay] = useState<boolean | Failure>();
  useEffect(() => {
    if (!possible) return;
    let current = true;
    rights().then(
      (offered) => current && setMay(offered.includes(READ_AUDIT)),
      (error: unknown) => current && setMay(failureOf(error)),
    );
    return () => void (current = false);
  }, [possible, rights]);
  return possible ? may : false;
}
