-- What is left of budgets, where several instances share them (RATE_LIMIT_STORE=database).
-- Unlogged: taking from a budget waits for no disk. After a crash, and on a standby, all budgets are full.
create unlogged table rate_limit (
    budget     text   primary key,
    state      bytea,
    expires_at bigint not null default 0
) with (fillfactor = 50);
-- No index on expires_at: every request changes it, and without one the row can be changed in its place. The rows are
-- those of the last minutes, so that reading them all now and then is cheap.

grant select, insert, update, delete on rate_limit to "${applicationRole}";
