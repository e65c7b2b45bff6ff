-- An agent that acts as itself has no person behind it.
alter table tool_call alter column user_id drop not null;
